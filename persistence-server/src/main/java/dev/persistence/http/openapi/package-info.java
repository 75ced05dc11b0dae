/** Where everything is, and the document that describes it to programs, derived from the declarations. */
package dev.persistence.http.openapi;
