/** What a history will do, drawn from its seed before it begins: the same seed is the same plan, whatever happens then. */
package dev.persistence.history.plan;
