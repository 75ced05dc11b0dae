/**
 * The service against what it is to be compared with, side by side in one run, so that every figure is a ratio. One class
 * a scenario.
 */
package dev.persistence.bench.compare;
