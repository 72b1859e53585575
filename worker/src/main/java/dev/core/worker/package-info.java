/** The {@code corebot} program: its command line, and what its commands are put together from. */
@NullMarked
package dev.core.worker;

import org.jspecify.annotations.NullMarked;
