package dev.core.orchestrator.simulation;

import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.WorkOrder;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What transformations truly did, whatever the database says. */
final class EffectLog {

  private final Timeline time;
  private final Rows rows;

  /** By token. */
  private final Map<String, Effect> begun = new HashMap<>();

  /** By run and task. */
  private final Map<String, Effect> atWork = new HashMap<>();

  /** What was confirmed to workers, by token. */
  private final Map<String, Outcome> acknowledged = new LinkedHashMap<>();

  EffectLog(Timeline time, Rows rows) {
    this.time = time;
    this.rows = rows;
  }

  Effect begin(Life worker, WorkOrder order, SimulatedJob job) {
    String token = job.request().token();
    var effect =
        new Effect(
            order.runId(), order.taskKey(), order.attempt(), token, worker.name(), time.micros());
    Effect twin = begun.put(token, effect);
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
    Effect other = atWork.put(task(effect), effect);
    if (other != null) {
      throw new Violation(Law.ONE_AT_A_TIME, effect + " begins beside " + other);
    }
    return effect;
  }

  void end(Effect effect) {
    atWork.remove(task(effect), effect);
  }

  void acknowledged(String token, Outcome outcome) {
    acknowledged.put(token, outcome);
  }

  Map<String, Outcome> acknowledged() {
    return acknowledged;
  }

  boolean anyAtWork(long runId) {
    return atWork.values().stream().anyMatch(effect -> effect.runId() == runId);
  }

  private static String task(Effect effect) {
    return effect.runId() + " " + effect.taskKey();
  }
}
