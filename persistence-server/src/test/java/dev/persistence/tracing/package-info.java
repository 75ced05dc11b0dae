/** What tests need to receive traces. The tests of the whole service stand in the root. */
package dev.persistence.tracing;
