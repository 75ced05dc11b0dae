/**
 * Figures of repeated measurements and what they are to reach, as tables for people and as JSON for programs. It knows
 * nothing of how they are measured.
 */
package dev.persistence.bench.score;
