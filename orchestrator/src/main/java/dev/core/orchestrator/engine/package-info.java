/**
 * What decides: the pure rules ({@link dev.core.orchestrator.engine.RunMachine}, {@link
 * dev.core.orchestrator.engine.Dispatcher}, {@link dev.core.orchestrator.engine.Effects}) over
 * immutable runs. They know neither SQL, nor HTTP, nor a backend, nor the wall clock.
 */
@NullMarked
package dev.core.orchestrator.engine;

import org.jspecify.annotations.NullMarked;
