/**
 * Secrets by name. Everything else in CORE holds and shows names only; the value is looked up where
 * it is used.
 */
@NullMarked
package dev.core.common.secrets;

import org.jspecify.annotations.NullMarked;
