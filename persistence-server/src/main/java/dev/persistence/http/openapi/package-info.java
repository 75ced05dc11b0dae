/**
 * Where everything is, and the document that describes it to programs. Paths and document derive from the declarations,
 * so what is routed is what is described.
 */
package dev.persistence.http.openapi;
