/** What a run costs: processor, memory, garbage and statements, and how full the ring was. It watches from outside. */
package dev.persistence.bench.probe;
