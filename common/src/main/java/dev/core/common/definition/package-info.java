/**
 * What a run is built from and seals: the immutable, self-contained form of a pipeline's records.
 */
@NullMarked
package dev.core.common.definition;

import org.jspecify.annotations.NullMarked;
