/** Commands of {@code corebot} for people: what a worker can run, and trying one alone. */
@NullMarked
package dev.core.worker.cli;

import org.jspecify.annotations.NullMarked;
