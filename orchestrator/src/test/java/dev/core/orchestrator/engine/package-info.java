/** Proves the rules of the engine without a database. */
@NullMarked
package dev.core.orchestrator.engine;

import org.jspecify.annotations.NullMarked;
