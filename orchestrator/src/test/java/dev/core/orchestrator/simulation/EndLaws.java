package dev.core.orchestrator.simulation;

import dev.core.common.definition.PipelineDefinition;
import dev.core.common.json.Json;
import dev.core.common.protocol.Outcome;
import dev.core.orchestrator.command.CommandAnswer;
import dev.core.orchestrator.dag.Dag;
import dev.core.orchestrator.engine.RunPlan;
import dev.core.orchestrator.engine.loop.Replay;
import java.util.HashMap;
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
    for (var each : simulation.laws().effects().acknowledged().entrySet()) {
      Row attempt = rows.attemptOf(each.getKey().token());
      Row split = rows.split(attempt.number("id"));
      if (split != null) {
        Row claim = rows.claim(attempt.number("id"), each.getKey().index());
        if (!each.getValue().equals(AttemptLaws.outcome(claim))) {
          throw new Violation(
              Law.NO_OUTCOME_LOST,
              "a worker was told that " + each.getValue() + " counts, and its claim is " + claim);
        }
        continue;
      }
      String expected = each.getValue().succeeded() ? "SUCCEEDED" : "FAILED";
      if (!attempt.is("status", expected)) {
        throw new Violation(
            Law.NO_OUTCOME_LOST,
            "a worker was told that " + each.getValue() + " counts, and its attempt is " + attempt);
      }
    }
    for (Row claim : rows.claims()) {
      Row split = rows.split(claim.number("attempt_id"));
      if (split != null) {
        heard(split);
      } else if (!claim.isNull("finished_at")
          && !rows.attempt(claim.number("attempt_id")).is("status", "SUCCEEDED", "FAILED")) {
        throw new Violation(Law.NO_OUTCOME_LOST, "nobody heard " + claim);
      }
    }
  }

  /** What the leader counted are the outcomes that there are. */
  private void heard(Row split) {
    long succeeded = 0;
    for (Row claim : rows.claims(split.number("attempt_id")).values()) {
      Outcome outcome = AttemptLaws.outcome(claim);
      succeeded += outcome != null && outcome.succeeded() ? 1 : 0;
    }
    if (succeeded != split.number("succeeded")) {
      throw new Violation(
          Law.NO_OUTCOME_LOST, succeeded + " partitions have succeeded, and heard is " + split);
    }
  }

  /** Every partition's file is there once, and each as a worker that succeeded has written it. */
  private void hasEachPartition(Row dataset, Row attempt, Row split) {
    var written = new TreeSet<String>();
    for (Row other :
        rows.attempts(attempt.number("run_id"), attempt.number("task_index")).values()) {
      for (Row claim : rows.claims(other.number("id")).values()) {
        Outcome outcome = AttemptLaws.outcome(claim);
        if (outcome != null && outcome.succeeded()) {
          outcome
              .datasets()
              .forEach(
                  each -> each.files().forEach(file -> written.add(each.path() + file.path())));
        }
      }
    }
    var parts = new TreeSet<String>();
    for (var file : Json.tree(dataset.required("files"))) {
      String path = dataset.required("path") + file.get("path").asText();
      String name = path.substring(path.lastIndexOf('/') + 1);
      if (!written.contains(path) || !parts.add(name)) {
        throw new Violation(Law.PARTITIONS, path + " is in " + dataset + " and not once written");
      }
    }
    if (parts.size() != split.number("partition_count")) {
      throw new Violation(Law.PARTITIONS, parts + " are all of " + dataset);
    }
  }

  private void datasetsAreOfSuccesses() {
    var expected = new TreeSet<String>();
    int ofSplit = 0;
    for (Row dataset : rows.datasets()) {
      Row attempt =
          rows.attempts(dataset.number("run_id"), dataset.number("task_index"))
              .get(dataset.number("attempt_number"));
      Row split = attempt == null ? null : rows.split(attempt.number("id"));
      if (attempt != null && split != null) {
        ofSplit++;
        hasEachPartition(dataset, attempt, split);
        expected.add(dataset.required("path") + " " + dataset.number("attempt_number"));
      }
    }
    var whole = new TreeSet<String>();
    for (Row attempt : rows.attempts()) {
      if (rows.split(attempt.number("id")) != null) {
        continue;
      }
      Outcome outcome = AttemptLaws.outcome(rows.claim(attempt.number("id")));
      if (attempt.is("status", "SUCCEEDED") && outcome != null) {
        outcome.datasets().forEach(dataset -> whole.add(dataset.path()));
      }
    }
    if (ofSplit != expected.size()) {
      throw new Violation(Law.DATASETS, "datasets of split tasks are there twice: " + expected);
    }
    var committed = new TreeSet<String>();
    for (Row dataset : rows.datasets()) {
      Row attempt =
          rows.attempts(dataset.number("run_id"), dataset.number("task_index"))
              .get(dataset.number("attempt_number"));
      if (attempt == null || rows.split(attempt.number("id")) == null) {
        committed.add(dataset.required("path"));
      }
    }
    if (!whole.equals(committed) || committed.size() != rows.datasets().size() - ofSplit) {
      throw new Violation(Law.DATASETS, whole + " were written, committed are " + committed);
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
