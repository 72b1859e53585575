/** A work order turned into what a transformation sees of it, and its answers into an outcome. */
@NullMarked
package dev.core.worker.attempt;

import org.jspecify.annotations.NullMarked;
