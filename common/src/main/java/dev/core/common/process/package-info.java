/** What the operating system knows of processes that are not our children. */
@NullMarked
package dev.core.common.process;

import org.jspecify.annotations.NullMarked;
