/**
 * The demo, run from its configuration to its published files, and every figure in them computed a
 * second time in plain Java.
 */
@NullMarked
package dev.core.demo;

import org.jspecify.annotations.NullMarked;
