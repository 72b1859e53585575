/**
 * Secrets by name. Everything else in CORE holds and shows names only; the value is looked up where
 * it is used, and {@link dev.core.common.secrets.Masking} hides it where it turns up nevertheless.
 */
@NullMarked
package dev.core.common.secrets;

import org.jspecify.annotations.NullMarked;
