/**
 * The service as it is delivered: archive, Debian package, systemd unit, image, and the examples around them. Real dpkg and
 * real systemd where the machine has them (tag {@code packages}), and the files held against the code everywhere.
 */
package dev.persistence.packages;
