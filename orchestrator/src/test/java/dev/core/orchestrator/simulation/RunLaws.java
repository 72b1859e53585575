package dev.core.orchestrator.simulation;

import dev.core.common.definition.PipelineDefinition;
import dev.core.common.definition.PipelineDefinition.OverlapPolicy;

/** What must hold of a run whose row changes. */
final class RunLaws {

  private static final String[] TERMINAL = {"SUCCEEDED", "FAILED", "CANCELLED", "SKIPPED"};

  private final Rows rows;
  private final EffectLog effects;
  private final Tally tally;

  RunLaws(Rows rows, EffectLog effects, Tally tally) {
    this.rows = rows;
    this.effects = effects;
    this.tally = tally;
  }

  /**
   * @param commanded a command that takes up what has ended is answered by the same commit
   */
  void check(RowChange change, boolean commanded) {
    Row run = change.now();
    if (!run.isNull("quarantined_at")) {
      throw new Violation(
          Law.NO_SURPRISE,
          "run " + run.text("id") + " is quarantined: " + run.text("quarantine_cause"));
    }
    if (!change.changed("status")) {
      return;
    }
    String from = change.was("status");
    String to = run.required("status");
    tally.transition("run", from == null ? "none" : from, to);
    if (change.before() != null && change.before().is("status", TERMINAL) && !commanded) {
      throw new Violation(Law.TERMINAL, Laws.name(change) + " was " + from + " and is " + to);
    }
    if (from == null && run.is("trigger_kind", "schedule")) {
      onlyOneOfItsDate(run);
    }
    switch (to) {
      case "RUNNING" -> {
        if ("QUEUED".equals(from)) {
          admitted(run);
        }
      }
      case "SKIPPED" -> skipped(run);
      case "CANCELLED" -> cancelled(run);
      default -> {}
    }
    if (run.is("status", TERMINAL)) {
      for (Row task : rows.tasks(run.number("id"))) {
        if (!task.is("status", TaskLaws.TERMINAL)) {
          throw new Violation(
              Law.RUNS_END, "run " + run.text("id") + " is " + to + " with a task " + task);
        }
      }
    }
  }

  private void admitted(Row run) {
    PipelineDefinition definition = rows.plan(run).definition();
    if (rows.paused(run.required("pipeline"))) {
      throw new Violation(Law.PAUSED, "run " + run.text("id") + " starts while it is paused");
    }
    long others = others(run);
    long limit =
        definition.overlapPolicy() == OverlapPolicy.PARALLEL ? definition.overlapLimit() : 1;
    if (others >= limit) {
      throw new Violation(
          Law.OVERLAP,
          "run %s starts beside %d of %s, which allows %d"
              .formatted(run.text("id"), others, run.text("pipeline"), limit));
    }
  }

  private void onlyOneOfItsDate(Row run) {
    for (Row other : rows.runs()) {
      if (other.number("id") != run.number("id")
          && other.is("trigger_kind", "schedule")
          && other.is("pipeline", run.required("pipeline"))
          && other.required("logical_date").equals(run.text("logical_date"))) {
        throw new Violation(Law.SCHEDULES, "two runs of one date: " + other + " and " + run);
      }
    }
  }

  private void skipped(Row run) {
    if (rows.plan(run).definition().overlapPolicy() != OverlapPolicy.SKIP
        || (others(run) == 0 && !endsWithAnother(run))) {
      throw new Violation(Law.OVERLAP, "run " + run.text("id") + " is skipped without need");
    }
  }

  /** Whether another one, which was in its way, has come to its end in the very same step. */
  private boolean endsWithAnother(Row run) {
    Object endedAt = run.get("ended_at");
    return endedAt != null
        && rows.runs().stream()
            .filter(other -> other.is("pipeline", run.required("pipeline")))
            .filter(other -> other.is("status", "SUCCEEDED", "FAILED", "CANCELLED"))
            .anyMatch(other -> endedAt.equals(other.get("ended_at")));
  }

  private long others(Row run) {
    return rows.runs().stream()
        .filter(other -> other.is("pipeline", run.required("pipeline")))
        .filter(other -> other.number("id") != run.number("id"))
        .filter(other -> other.is("status", "RUNNING", "CANCELLING"))
        .count();
  }

  private void cancelled(Row run) {
    long id = run.number("id");
    if (effects.anyAtWork(id)) {
      throw new Violation(Law.CANCELLED_IS_ENDED, "run " + id + " is cancelled and at work");
    }
    for (Row task : rows.tasks(id)) {
      for (Row attempt : rows.attempts(id, task.number("task_index")).values()) {
        for (Row job : rows.jobs(attempt.number("id")).values()) {
          if (job.is("status", "PENDING", "RUNNING")) {
            throw new Violation(
                Law.CANCELLED_IS_ENDED, "run " + id + " is cancelled with the job " + job);
          }
        }
      }
    }
  }
}
