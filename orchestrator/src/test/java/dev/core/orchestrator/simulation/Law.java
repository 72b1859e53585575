package dev.core.orchestrator.simulation;

/** What must hold, whatever strikes. */
enum Law {
  /** No task starts before the waves before its own have passed. */
  WAVES,
  /** No attempt takes effect twice, and none that was closed before its claim. */
  EFFECT_ONCE,
  /** A partition that has succeeded does not run again, and what all wrote is one dataset. */
  PARTITIONS,
  /** No two attempts of a task work at the same time. */
  ONE_AT_A_TIME,
  /** What a worker was told is written counts. */
  NO_OUTCOME_LOST,
  /** What a worker wrote is dealt with soon, when there is a leader. */
  NEWS_IS_HEARD,
  /** Every run ends once faults have stopped. */
  RUNS_END,
  /** No job lives on without a live attempt. */
  NO_STRAY_JOBS,
  /** Limits and pools are neither exceeded nor leaked. */
  LIMITS,
  /** What limits leave free is used. */
  ROOM_IS_USED,
  /** Runs of one pipeline are together only as its overlap policy lets them. */
  OVERLAP,
  /** One run for each accepted start, pipeline, logical date and rerun number. */
  ONE_RUN,
  /** A rerun takes over only what has succeeded, would be the same again, and all before it. */
  TAKEN_OVER,
  /** Nothing new begins of what is paused. */
  PAUSED,
  /** Schedules miss no date and start none twice. */
  SCHEDULES,
  /** Only the holder of the epoch writes; nobody takes over from a holder that is well. */
  ONE_LEADER,
  /** Terminal stays terminal, except by an explicit command. */
  TERMINAL,
  /** The next attempt waits for an outcome, the end of the job, or the end of the lease. */
  NEXT_ATTEMPT,
  /** A failure spends the budget of its class, and no more than there is. */
  BUDGETS,
  /** A cancelled run has nothing at work, and nothing of it starts. */
  CANCELLED_IS_ENDED,
  /** A job is asked for only on a journalled intent, and again only after the settle time. */
  ASKED_FOR_ONCE,
  /** A job is given up only when it is gone. */
  GONE_IS_GONE,
  /** Events replay to the rows. */
  REPLAY,
  /** A sealed run rebuilds the DAG that it was built with. */
  SEALED,
  /** Every unfinished task has a cause. */
  WHY,
  /** Datasets are those of the attempts that succeeded. */
  DATASETS,
  /** The engine throws nothing but what comes from a failing database. */
  NO_SURPRISE
}
