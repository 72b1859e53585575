/**
 * One database file, shared by the programs of a machine: one process hosts it and serves the
 * others on loopback, and when it ends, however it ends, another takes its place at once.
 */
@NullMarked
package dev.core.common.database.embedded;

import org.jspecify.annotations.NullMarked;
