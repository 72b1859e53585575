/**
 * The port to where attempts run, and what is said across it; one package for each implementation.
 */
@NullMarked
package dev.core.orchestrator.compute;

import org.jspecify.annotations.NullMarked;
