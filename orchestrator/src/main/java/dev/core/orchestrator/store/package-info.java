/**
 * Access to the execution schema. The read side (queries) and the queue of commands serve every
 * process; the write side serves the leader alone.
 */
@NullMarked
package dev.core.orchestrator.store;

import org.jspecify.annotations.NullMarked;
