/**
 * What a batch falls to when the database cannot take it: it is held and tried again, or kept in files that can be sent
 * again later. Stores around the real one, which know records and outcomes and nothing of SQL.
 */
package dev.persistence.fallback;
