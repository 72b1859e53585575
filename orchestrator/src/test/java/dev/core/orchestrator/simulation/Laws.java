package dev.core.orchestrator.simulation;

import java.util.List;

/**
 * Checks, after every commit, what must hold of the rows; told of everything else by the actors.
 */
final class Laws implements DatabaseServer.Listener {

  private final Rows rows = new Rows();
  private final EffectLog effects;
  private final RunLaws runs;
  private final TaskLaws tasks;
  private final AttemptLaws attempts;
  private final LeaderLaws leader;
  private final NewsLaw news;
  private final ScheduleLaw schedules;
  private final StrayLaw strays;
  private final RoomLaw room;
  private final Trace trace;

  Laws(Simulation simulation) {
    this.trace = simulation.trace();
    this.effects = new EffectLog(simulation.time(), rows);
    this.runs = new RunLaws(rows, effects, simulation.tally());
    this.tasks = new TaskLaws(rows, simulation);
    this.attempts = new AttemptLaws(rows, simulation);
    this.leader = new LeaderLaws(simulation);
    this.news = new NewsLaw(simulation.time());
    this.schedules = new ScheduleLaw(rows, simulation);
    this.strays = new StrayLaw(simulation, rows);
    this.room = new RoomLaw(simulation, rows);
  }

  Rows rows() {
    return rows;
  }

  EffectLog effects() {
    return effects;
  }

  NewsLaw news() {
    return news;
  }

  StrayLaw strays() {
    return strays;
  }

  ScheduleLaw schedules() {
    return schedules;
  }

  @Override
  public void committed(Life by, List<RowChange> changes) {
    rows.apply(changes);
    leader.check(by, changes);
    boolean commanded = commanded(changes);
    if (by instanceof OrchestratorLife orchestrator && leader.isWell(orchestrator)) {
      news.check(rows);
      room.check();
    }
    for (RowChange change : changes) {
      if (change.after() == null) {
        continue;
      }
      switch (change.table()) {
        case "schedules" -> schedules.check(change);
        case "commands" -> answered(change);
        case "runs" -> runs.check(change, commanded);
        case "tasks" -> tasks.check(change, commanded);
        case "attempts" -> attempts.checkAttempt(change);
        case "claims" -> {
          attempts.checkClaim(change);
          news.heard(change);
        }
        case "jobs" -> attempts.checkJob(change);
        default -> {}
      }
      tell(by, change);
    }
  }

  /** Whether a command is answered by it that may take up again what has ended. */
  private static boolean commanded(List<RowChange> changes) {
    for (RowChange change : changes) {
      if (change.table().equals("commands")
          && change.changed("status")
          && change.now().is("status", "APPLIED")
          && change.now().is("kind", "clear_tasks", "retry_tasks", "mark_tasks")) {
        return true;
      }
    }
    return false;
  }

  private static void answered(RowChange change) {
    String answer = change.now().text("answer");
    if (answer != null && answer.contains("it could not be applied")) {
      throw new Violation(Law.NO_SURPRISE, change.now() + " was given up");
    }
  }

  private void tell(Life by, RowChange change) {
    switch (change.table()) {
      case "runs", "tasks", "attempts" -> {
        if (change.changed("status")) {
          trace.line(by.name(), () -> Laws.name(change) + " is " + change.now().text("status"));
        }
      }
      case "commands" ->
          trace.line(
              by.name(),
              () ->
                  "command %s %s %s"
                      .formatted(
                          change.now().text("id"),
                          change.now().text("status"),
                          change.now().text(change.isNew() ? "body" : "answer")));
      default -> {}
    }
  }

  static String name(RowChange change) {
    Row row = change.now();
    return switch (change.table()) {
      case "runs" -> "run " + row.text("id") + " of " + row.text("pipeline");
      case "tasks" -> "task " + row.text("task_index") + " of run " + row.text("run_id");
      case "attempts" ->
          "attempt r%s-t%s-a%s"
              .formatted(row.text("run_id"), row.text("task_index"), row.text("number"));
      default -> change.table() + " " + row;
    };
  }
}
