/**
 * What one writes against to teach CORE a new kind of work: a {@link
 * dev.core.worker.transformation.Transformation} declares its name and typed variables, and gets a
 * {@link dev.core.worker.transformation.TransformationContext} with everything else.
 */
@NullMarked
package dev.core.worker.transformation;

import org.jspecify.annotations.NullMarked;
