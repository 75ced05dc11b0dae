/**
 * Fuzzing: properties that hold for any input whatever, their seeds, and the way to run them under Jazzer. In the normal
 * suite every target takes its seeds, every input that ever broke it, and a second of random changes to these.
 */
package dev.persistence.fuzz;
