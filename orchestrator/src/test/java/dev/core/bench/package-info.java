/**
 * Measures the engine and the local backend beside what the machine can do at best, on databases
 * that lose no commit. Run by {@code script/bench}; no part of the product.
 */
@NullMarked
package dev.core.bench;

import org.jspecify.annotations.NullMarked;
