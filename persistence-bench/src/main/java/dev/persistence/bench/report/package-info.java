/** What a run came to, for people and programs: figures, JSON, a page with plots. It measures nothing itself. */
package dev.persistence.bench.report;
