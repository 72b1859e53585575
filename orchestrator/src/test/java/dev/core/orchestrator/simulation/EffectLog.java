package dev.core.orchestrator.simulation;

import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.WorkOrder;
import dev.core.orchestrator.compute.JobRequest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What transformations truly did, whatever the database says. */
final class EffectLog {

  private final Timeline time;
  private final Rows rows;

  /** A claim. */
  record Claim(String token, int index) {}

  private final Map<Claim, Effect> begun = new HashMap<>();

  /** By run, task and partition. */
  private final Map<String, Effect> atWork = new HashMap<>();

  /** What was confirmed to workers. */
  private final Map<Claim, Outcome> acknowledged = new LinkedHashMap<>();

  EffectLog(Timeline time, Rows rows) {
    this.time = time;
    this.rows = rows;
  }

  Effect begin(Life worker, WorkOrder order, SimulatedJob job) {
    String token = job.request().token();
    int index = job.request().firstIndex();
    int partition = order.partition(index);
    var effect =
        new Effect(
            order.runId(),
            order.taskKey(),
            partition,
            order.attempt(),
            token,
            worker.name(),
            time.micros());
    Effect twin = begun.put(new Claim(token, index), effect);
    if (twin != null) {
      throw new Violation(Law.EFFECT_ONCE, effect + " begins, after " + twin);
    }
    Row attempt = rows.attemptOf(token);
    if (attempt.get("closed_at") != null) {
      throw new Violation(Law.EFFECT_ONCE, effect + " begins, though it was closed");
    }
    Row run = rows.run(order.runId());
    if (run.is("status", "SUCCEEDED", "FAILED", "CANCELLED", "SKIPPED", "CANCELLING")) {
      throw new Violation(
          Law.CANCELLED_IS_ENDED, effect + " begins in a run " + run.text("status"));
    }
    if (order.partitions() > 1 && rows.done(attempt).indexOf(partition) >= 0) {
      throw new Violation(Law.PARTITIONS, effect + " begins, though it has succeeded before");
    }
    Effect other = atWork.put(task(effect), effect);
    if (other != null) {
      throw new Violation(Law.ONE_AT_A_TIME, effect + " begins beside " + other);
    }
    return effect;
  }

  void end(Effect effect) {
    atWork.remove(task(effect), effect);
  }

  void acknowledged(JobRequest request, Outcome outcome) {
    acknowledged.put(new Claim(request.token(), request.firstIndex()), outcome);
  }

  Map<Claim, Outcome> acknowledged() {
    return acknowledged;
  }

  boolean anyAtWork(long runId) {
    return atWork.values().stream().anyMatch(effect -> effect.runId() == runId);
  }

  private static String task(Effect effect) {
    return effect.runId() + " " + effect.taskKey() + " " + effect.partition();
  }
}
