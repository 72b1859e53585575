/**
 * Variables and parameters: text in the store, typed when read, with {@code ${…}} resolved for one
 * attempt. Pure: no store, no clock.
 */
@NullMarked
package dev.core.common.variables;

import org.jspecify.annotations.NullMarked;
