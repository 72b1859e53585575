package dev.core.orchestrator.simulation;

import dev.core.common.database.TransientFailure;
import dev.core.orchestrator.command.Command;
import dev.core.orchestrator.engine.Mark;
import dev.core.orchestrator.engine.Selection;
import dev.core.orchestrator.store.CommandQueue;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** People: they start runs, change their minds, edit the configuration, and ask twice. */
final class UserLife extends Life {

  private final Simulation simulation;
  private final Timeline time;
  private final Chance chance;
  private final Faults faults;
  private final CommandQueue commands;
  private final Edits edits;
  private int asked;

  UserLife(Simulation simulation, Edits edits) {
    super("user");
    this.simulation = simulation;
    this.time = simulation.time();
    this.chance = simulation.chance();
    this.faults = simulation.faults();
    this.commands = new CommandQueue(simulation.server().of(this).jdbi(), false);
    this.edits = edits;
    for (String pipeline : simulation.scenario().pipelines()) {
      int runs = chance.between(1, 3, "runs");
      for (int i = 0; i < runs; i++) {
        time.after(chance.micros(0, 240_000, "start of run"), () -> start(pipeline));
      }
    }
    meddleLater();
  }

  private void start(String pipeline) {
    boolean dated = chance.happens(0.3, "dated");
    ask(
        new Command.StartRun(
            pipeline,
            "manual",
            Map.of(),
            dated ? time.instant().truncatedTo(ChronoUnit.DAYS) : null));
  }

  private void meddleLater() {
    time.after(chance.micros(2_000, 40_000, "meddle"), this::meddle);
  }

  private void meddle() {
    if (faults.over()) {
      return;
    }
    if (faults.strikes(FaultKind.USER_CANCELS, "user")) {
      run("RUNNING", "QUEUED", "CANCELLING")
          .ifPresent(run -> ask(new Command.CancelRun(run.number("id"), "changed my mind")));
    }
    if (faults.strikes(FaultKind.USER_RETRIES, "user")) {
      run("FAILED", "CANCELLED", "RUNNING")
          .ifPresent(run -> ask(new Command.RetryTasks(run.number("id"), tasks(run), "")));
    }
    if (faults.strikes(FaultKind.USER_CLEARS, "user")) {
      run("FAILED", "CANCELLED", "RUNNING", "SUCCEEDED", "QUEUED")
          .ifPresent(run -> ask(new Command.ClearTasks(run.number("id"), tasks(run), "again")));
    }
    if (faults.strikes(FaultKind.USER_MARKS, "user")) {
      Mark as = Mark.values()[chance.between(0, Mark.values().length - 1, "which mark")];
      run("FAILED", "CANCELLED", "RUNNING", "SUCCEEDED", "QUEUED")
          .ifPresent(
              run -> ask(new Command.MarkTasks(run.number("id"), tasks(run), "I know", as, null)));
    }
    if (faults.strikes(FaultKind.USER_RERUNS, "user")) {
      run("FAILED", "CANCELLED", "SUCCEEDED", "SKIPPED", "RUNNING")
          .ifPresent(run ->
              ask(
                  new Command.RerunRun(
                      run.number("id"), "manual", Map.of(), chance.happens(0.1, "everything"))));
    }
    if (faults.strikes(FaultKind.USER_PAUSES, "user")) {
      String pipeline = chance.happens(0.3, "all") ? null : pipeline();
      ask(new Command.Pause(pipeline, null));
      time.after(chance.micros(0, 200_000, "pause"), () -> ask(new Command.Resume(pipeline)));
    }
    if (faults.strikes(FaultKind.USER_EDITS, "user")) {
      edits.make();
    }
    meddleLater();
  }

  private String pipeline() {
    List<String> all = simulation.scenario().pipelines();
    return all.get(chance.between(0, all.size() - 1, "which pipeline"));
  }

  /** Lets everything go on that is paused. */
  void resumeAll() {
    for (String scope : simulation.laws().rows().pauses()) {
      ask(new Command.Resume(scope.equals("*") ? null : scope));
    }
  }

  /** One of the runs with one of these statuses. */
  private Optional<Row> run(String... statuses) {
    List<Row> found =
        simulation.laws().rows().runs().stream().filter(run -> run.is("status", statuses)).toList();
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(found.get(chance.between(0, found.size() - 1, "which run")));
  }

  /** One of its tasks, with or without downstream, its state, or all. */
  private Selection tasks(Row run) {
    var tasks = List.copyOf(simulation.laws().rows().tasks(run.number("id")));
    Row task = tasks.get(chance.between(0, tasks.size() - 1, "which task"));
    return switch (chance.between(0, 4, "which tasks")) {
      case 0 -> new Selection.Everything();
      case 1 -> new Selection.OfState(task.required("state"), chance.happens(0.5, "downstream"));
      default -> new Selection.OfTask(task.required("task_key"), chance.happens(0.5, "downstream"));
    };
  }

  private void ask(Command command) {
    String key = "key " + ++asked;
    ask(command, key);
    if (faults.strikes(FaultKind.USER_ASKS_TWICE, "user")) {
      time.after(chance.micros(0, 30_000, "twice"), () -> ask(command, key));
    }
  }

  /** Until it is certain that it was asked. */
  private void ask(Command command, String key) {
    try {
      var _ = commands.submit(command, key, "user");
      simulation.notice("user");
    } catch (RuntimeException e) {
      if (TransientFailure.of(e).isEmpty()) {
        throw new Violation(Law.NO_SURPRISE, "asking threw " + e, e);
      }
      time.after(chance.micros(500, 5_000, "ask again"), () -> ask(command, key));
    }
  }
}
