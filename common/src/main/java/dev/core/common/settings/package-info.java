/**
 * Everything that can be set from outside, read once from the environment and {@code .env}; the
 * only reader of either.
 */
@NullMarked
package dev.core.common.settings;

import org.jspecify.annotations.NullMarked;
