/**
 * Who may ask for what ({@link dev.persistence.http.security.AccessGuard}, bearer tokens), and how connections are
 * encrypted ({@link dev.persistence.http.security.ServerTls}). Both are read from files that may change while the service
 * runs, and judge connections and requests before anything of a body is read.
 */
package dev.persistence.http.security;
