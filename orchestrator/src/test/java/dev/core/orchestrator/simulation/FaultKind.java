package dev.core.orchestrator.simulation;

import java.util.Locale;

/** What can strike, and how often it does where it can. What users do is among it. */
enum FaultKind {
  /** An orchestrator dies before its next step. */
  ORCHESTRATOR_DIES(0.0015),
  /** An orchestrator stands still before its next step, mostly past its lease. */
  ORCHESTRATOR_PAUSES(0.0015),
  /** An orchestrator stands still in the middle of a transaction. */
  PAUSES_IN_TRANSACTION(0.004),
  /** The connection is lost at commit, which did not take effect. */
  COMMIT_LOST(0.006),
  /** The connection is lost at commit, which took effect. */
  COMMIT_UNANSWERED(0.006),
  /** The database is away for a while. */
  DATABASE_AWAY(0.04),
  /** A call to the backend gets lost on its way there. */
  REQUEST_LOST(0.04),
  /** A call to the backend takes effect, and its answer is lost. */
  REPLY_LOST(0.05),
  THROTTLED(0.08),
  /** A submission is refused for good. */
  REFUSED(0.01),
  /** A call takes long to arrive. */
  REQUEST_LATE(0.04),
  /** An answer takes long to arrive. */
  REPLY_LATE(0.04),
  /** A submission arrives twice. */
  DUPLICATED(0.04),
  /** A call overtakes others that were made before it. */
  REORDERED(0.1),
  /** A job is not found by its name for a while after it was submitted. */
  LOOK_UP_LAGS(0.1),
  /** What is said of a job is as it was a while ago. */
  REPORTED_LATE(0.1),
  /** What the cluster tells of a job by itself gets lost. */
  EVENT_LOST(0.05),
  /** What the cluster tells of a job by itself comes late, after what happened later. */
  EVENT_LATE(0.1),
  /** What the cluster tells of a job by itself comes twice. */
  EVENT_DOUBLED(0.1),
  /** A job is not started for long. */
  STARTED_LATE(0.04),
  /** A job disappears without a trace. */
  JOB_VANISHES(0.02),
  /** Two processes are started for one job. */
  JOB_RUNS_TWICE(0.04),
  /** The host of a job is reclaimed while it works. */
  HOST_RECLAIMED(0.02),
  WORKER_DIES_BEFORE_CLAIM(0.025),
  WORKER_DIES_AFTER_CLAIM(0.025),
  WORKER_DIES_AFTER_WORK(0.025),
  WORKER_DIES_AFTER_OUTCOME(0.025),
  /** A worker cannot reach the database while it works. */
  WORKER_CUT_OFF(0.04),
  /** A transformation does not react when it is interrupted. */
  INTERRUPT_IGNORED(0.3),
  WORK_FAILS(0.1),
  WORK_OUT_OF_MEMORY(0.02),
  WORK_MISCONFIGURED(0.01),
  WORK_TOO_LONG(0.03),
  /** A worker's news gives no notice, so that it waits for the next look. */
  NOTICE_LOST(0.2),
  USER_CANCELS(0.05),
  USER_RETRIES(0.08),
  USER_CLEARS(0.05),
  USER_MARKS(0.04),
  USER_RERUNS(0.08),
  USER_PAUSES(0.04),
  USER_EDITS(0.08),
  USER_ASKS_TWICE(0.15);

  private final double rate;

  FaultKind(double rate) {
    this.rate = rate;
  }

  double rate() {
    return rate;
  }

  boolean byUser() {
    return name().startsWith("USER_");
  }

  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
