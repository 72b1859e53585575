package dev.core.orchestrator.simulation;

import dev.core.common.definition.PipelineDefinition;
import dev.core.common.json.Json;
import dev.core.common.protocol.Outcome;
import dev.core.orchestrator.command.CommandAnswer;
import dev.core.orchestrator.dag.Dag;
import dev.core.orchestrator.engine.RunPlan;
import dev.core.orchestrator.engine.loop.Replay;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** What must hold when everything has come to rest. */
final class EndLaws {

  private final Simulation simulation;
  private final Rows rows;

  EndLaws(Simulation simulation) {
    this.simulation = simulation;
    this.rows = simulation.laws().rows();
  }

  void check() {
    noJobIsLeft();
    outcomesCount();
    datasetsAreOfSuccesses();
    startsHaveOneRun();
    var jdbi = simulation.server().of(new Life("laws")).jdbi();
    jdbi.useHandle(handle -> {
      var sealed = new HashMap<String, Dag>();
      for (Row run : rows.runs()) {
        replays(handle, run);
        String sha256 = run.required("definition_sha256");
        isOf(run, sealed.computeIfAbsent(sha256, _ -> sealed(handle, sha256)));
      }
    });
  }

  private void noJobIsLeft() {
    for (SimulatedJob job : simulation.cluster().jobs()) {
      if (job.live() || job.hasProcess()) {
        throw new Violation(Law.NO_STRAY_JOBS, "job " + job.id() + " lives when all has ended");
      }
    }
    for (Row attempt : rows.attempts()) {
      for (Row job : rows.jobs(attempt.number("id")).values()) {
        if (job.is("status", "PENDING", "RUNNING")) {
          throw new Violation(Law.NO_STRAY_JOBS, "when all has ended: " + job);
        }
      }
    }
  }

  /** What a worker was told is written has ended its attempt, and so has all that is written. */
  private void outcomesCount() {
    for (Map.Entry<String, Outcome> each : simulation.laws().effects().acknowledged().entrySet()) {
      Row attempt = rows.attemptOf(each.getKey());
      String expected = each.getValue().succeeded() ? "SUCCEEDED" : "FAILED";
      if (!attempt.is("status", expected)) {
        throw new Violation(
            Law.NO_OUTCOME_LOST,
            "a worker was told that " + each.getValue() + " counts, and its attempt is " + attempt);
      }
    }
    for (Row claim : rows.claims()) {
      if (!claim.isNull("finished_at")
          && !rows.attempt(claim.number("attempt_id")).is("status", "SUCCEEDED", "FAILED")) {
        throw new Violation(Law.NO_OUTCOME_LOST, "nobody heard " + claim);
      }
    }
  }

  private void datasetsAreOfSuccesses() {
    var expected = new TreeSet<String>();
    for (Row attempt : rows.attempts()) {
      Outcome outcome = AttemptLaws.outcome(rows.claim(attempt.number("id")));
      if (attempt.is("status", "SUCCEEDED") && outcome != null) {
        outcome.datasets().forEach(dataset -> expected.add(dataset.path()));
      }
    }
    var committed = new TreeSet<String>();
    rows.datasets().forEach(dataset -> committed.add(dataset.required("path")));
    if (!expected.equals(committed) || committed.size() != rows.datasets().size()) {
      throw new Violation(Law.DATASETS, expected + " were written, committed are " + committed);
    }
  }

  private void startsHaveOneRun() {
    var started = new TreeSet<Long>();
    for (Row command : rows.commands()) {
      String answer = command.text("answer");
      if (answer == null) {
        throw new Violation(Law.ONE_RUN, "a command has no answer: " + command);
      }
      if (command.is("kind", "start_run", "rerun_run") && command.is("status", "APPLIED")) {
        Long run = Json.read(answer, CommandAnswer.class).runId();
        if (run == null || !started.add(run)) {
          throw new Violation(Law.ONE_RUN, "a start has no run of its own: " + command);
        }
      }
    }
    for (Row run : rows.runs()) {
      if (run.is("trigger_kind", "manual") && !started.remove(run.number("id"))) {
        throw new Violation(Law.ONE_RUN, "nobody asked for " + run);
      }
    }
    if (!started.isEmpty()) {
      throw new Violation(Law.ONE_RUN, "there are no runs " + started);
    }
  }

  private void replays(Handle handle, Row run) {
    try {
      Replay.check(handle, run.number("id"), Simulation.POLICY);
    } catch (AssertionError e) {
      throw new Violation(Law.REPLAY, String.valueOf(e.getMessage()), e);
    }
  }

  /** The DAG of what is stored under a digest, which has to be its own. */
  private static Dag sealed(Handle handle, String sha256) {
    String text =
        handle
            .createQuery("select definition from execution.definitions where sha256 = :sha256")
            .bind("sha256", sha256)
            .mapTo(String.class)
            .one();
    if (!PipelineDefinition.sha256(text).equals(sha256)) {
      throw new Violation(Law.SEALED, sha256 + " is not the digest of the definition " + text);
    }
    return RunPlan.of(Json.read(text, PipelineDefinition.class)).dag();
  }

  private void isOf(Row run, Dag dag) {
    var tasks = rows.tasks(run.number("id"));
    boolean same = tasks.size() == dag.nodes().size();
    for (Row task : tasks) {
      Dag.Node node = same ? dag.nodes().get(Math.toIntExact(task.number("task_index"))) : null;
      same &=
          node != null
              && Objects.equals(node.key(), task.text("task_key"))
              && node.wave() == task.number("wave");
    }
    if (!same) {
      throw new Violation(Law.SEALED, "run " + run + " has other tasks than " + dag);
    }
  }
}
