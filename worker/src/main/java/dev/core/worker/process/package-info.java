/** Other programs as children that do not outlive this one, even when it is killed. */
@NullMarked
package dev.core.worker.process;

import org.jspecify.annotations.NullMarked;
