/**
 * The table of settings, and where each value comes from: built-in defaults, the configuration file, the environment, the
 * command line. Everything that depends on the list of settings (loading, refusing unknown ones, messages, the log line at
 * start, the help) derives from the one table, and nothing here knows of the rest.
 */
package dev.persistence.settings;
