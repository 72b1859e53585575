package dev.core.orchestrator.engine;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.core.orchestrator.dag.Dag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What a correction does, for whoever is asked whether it should: found by comparing the run before
 * it with the run after it.
 *
 * @param before status of the run
 * @param behind the runs of its pipeline that it waits for; empty unless it becomes QUEUED
 * @param changes every task whose status changes, in the order of the DAG; spacers left out
 */
@JsonNaming(SnakeCaseStrategy.class)
public record CorrectionPreview(
    long runId,
    String pipeline,
    RunStatus before,
    RunStatus after,
    List<Long> behind,
    List<Change> changes) {

  public CorrectionPreview {
    behind = List.copyOf(behind);
    changes = List.copyOf(changes);
  }

  /**
   * What becomes of a task.
   *
   * @param then what it becomes when its jobs are confirmed ended; null: nothing is to be ended
   */
  public record Change(
      String task,
      String state,
      int wave,
      TaskStatus before,
      TaskStatus after,
      @Nullable TaskStatus then) {

    /** A live attempt of it is closed first. */
    public boolean closesFirst() {
      return then != null && before != TaskStatus.CANCELLING;
    }

    /** It gets a new attempt, unless something before it fails. */
    public boolean runsAgain() {
      TaskStatus end = then == null ? after : then;
      return end == TaskStatus.WAITING || end == TaskStatus.READY;
    }
  }

  /**
   * @param runs all runs that have not ended, among which the overlap policy decides
   * @param setAside those of its pipeline that are quarantined
   */
  public static CorrectionPreview of(
      Correction.Changed changed, Iterable<Run> runs, Iterable<SetAside> setAside, Instant now) {
    Run before = changed.before();
    var others = new ArrayList<Run>();
    for (Run run : runs) {
      if (run.id() != before.id() && !run.status().terminal()) {
        others.add(run);
      }
    }
    Run after = admitted(changed.after(), others, setAside, now);
    setAside.forEach(each -> others.add(each.run()));
    List<Long> behind =
        after.status() != RunStatus.QUEUED
            ? List.of()
            : others.stream()
                .filter(run -> run.header().pipeline().equals(before.header().pipeline()))
                .map(Run::id)
                .toList();
    return new CorrectionPreview(
        before.id(),
        before.header().pipeline(),
        before.status(),
        after.status(),
        behind,
        changes(before, after));
  }

  /** A run that need not wait starts in the same step. */
  private static Run admitted(Run run, List<Run> others, Iterable<SetAside> setAside, Instant now) {
    var all = new ArrayList<>(others);
    all.add(run);
    boolean starts =
        run.status() == RunStatus.QUEUED
            && Admission.decide(all, setAside).stream()
                .filter(decision -> decision.run().id() == run.id())
                .anyMatch(decision -> decision.event() instanceof Event.Admitted);
    return starts ? RunMachine.admit(run, now) : run;
  }

  private static List<Change> changes(Run run, Run changed) {
    var changes = new ArrayList<Change>();
    Tasks.differences(
        run.tasks(),
        changed.tasks(),
        (before, after) -> {
          boolean differs =
              before.status() != after.status() || before.followUp() != after.followUp();
          Dag.Node node = run.plan().dag().nodes().get(after.index());
          if (differs && node instanceof Dag.Transformation) {
            changes.add(
                new Change(
                    node.key(),
                    node.state(),
                    node.wave(),
                    before.status(),
                    after.status(),
                    after.followUp()));
          }
        });
    return changes;
  }

  /** In one line, such as {@code run 12: 3 tasks run again, 1 of them is closed first}. */
  public String text() {
    var parts = new StringJoiner(", ", "run " + runId + ": ", "");
    parts.setEmptyValue("run " + runId + ": only what is remembered of its tasks changes");
    long again = changes.stream().filter(Change::runsAgain).count();
    if (again > 0) {
      parts.add(again + (again == 1 ? " task runs again" : " tasks run again"));
    }
    for (TaskStatus status : TaskStatus.values()) {
      long become =
          changes.stream()
              .filter(change -> !change.runsAgain())
              .filter(change -> (change.then() == null ? change.after() : change.then()) == status)
              .count();
      if (become > 0) {
        parts.add(
            become == 1
                ? "1 task becomes " + status
                : "%d tasks become %s".formatted(become, status));
      }
    }
    long closed = changes.stream().filter(Change::closesFirst).count();
    if (closed > 0) {
      parts.add("%d of them %s closed first".formatted(closed, closed == 1 ? "is" : "are"));
    }
    if (before != after) {
      parts.add(
          "the run becomes "
              + after
              + (behind.isEmpty() ? "" : " behind run " + behind.getFirst()));
    }
    return parts.toString();
  }
}
