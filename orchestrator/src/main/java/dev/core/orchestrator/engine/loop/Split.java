package dev.core.orchestrator.engine.loop;

import dev.core.common.protocol.Partitions;

/** Whether the next attempt at a task is split, and in what. */
sealed interface Split {

  /** It is not. */
  record Whole() implements Split {}

  /**
   * @param of how many partitions the task has
   * @param chosen those that have not succeeded yet
   */
  record Parts(int of, Partitions chosen) implements Split {}

  /** That cannot be said. */
  record Unknown(String message) implements Split {}
}
