/**
 * Where datasets lie, and how their rows are read. Which dataset is committed is for the journal to
 * say, never for a listing of folders.
 */
@NullMarked
package dev.core.common.storage;

import org.jspecify.annotations.NullMarked;
