/** The transformations that every worker knows. */
@NullMarked
package dev.core.worker.builtin;

import org.jspecify.annotations.NullMarked;
