/**
 * What a JVM has once, however many copies of the engine and the simulator it has loaded: H2 calls
 * these classes by name.
 */
@NullMarked
package dev.core.orchestrator.simulation.jvm;

import org.jspecify.annotations.NullMarked;
