package dev.core.orchestrator.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.BitSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What people change of tasks, also of those that have ended: clear, retry, mark. Pure, and the one
 * place that knows what follows: {@link RunMachine} applies it, and a dry run shows it.
 *
 * <p>Live attempts of the tasks, and of whatever would run before its wave again, are closed first;
 * they run again, or become what they are marked as, when their jobs are confirmed ended. A run
 * that had ended and has something to run waits for its pipeline's overlap policy again.
 */
public sealed interface Correction {

  /** It changes the run. */
  record Changed(Run before, Run after) implements Correction {}

  /**
   * It changes nothing.
   *
   * @param message what stands in its way, for people
   */
  record Refused(String message) implements Correction {}

  /** What the event makes of the run. */
  static Correction of(Run run, Event.OfTasks event, Instant now) {
    Optional<String> problem = problem(run, event);
    if (problem.isPresent()) {
      return new Refused("run " + run.id() + " " + problem.get());
    }
    BitSet chosen = event.tasks().in(run.plan());
    var edit = new RunEdit(run, now);
    chosen.stream().forEach(index -> edit.put(changed(run.tasks().get(index), event, now)));
    if (chosen.stream().allMatch(index -> edit.task(index).equals(run.tasks().get(index)))) {
      return new Refused(nothing(run, event, chosen));
    }
    edit.correct(reason(event));
    boolean stuck =
        chosen.stream()
            .filter(index -> !edit.task(index).equals(run.tasks().get(index)))
            .allMatch(index -> edit.task(index).status() == TaskStatus.UPSTREAM_FAILED);
    if (stuck) {
      return new Refused(
          "run %d has failed or cancelled tasks before %s; name those, or the whole run"
              .formatted(run.id(), event.tasks().text()));
    }
    return new Changed(run, settled(run, edit, now));
  }

  /** Closes what runs, and leaves what is so already as it is: said twice is said once. */
  private static Task changed(Task task, Event.OfTasks event, Instant now) {
    return switch (event) {
      case Event.ClearAsked _ -> cleared(task, reason(event), now);
      case Event.RetryAsked _ ->
          task.status() == TaskStatus.FAILED || task.status() == TaskStatus.CANCELLED
              ? task.afresh(now)
              : task;
      case Event.MarkAsked mark -> marked(task, mark, now);
    };
  }

  private static Task cleared(Task task, String reason, Instant now) {
    return switch (task.status()) {
      case WAITING, READY -> task.spent() ? task.unspent().whole() : task;
      case SUBMITTED, RUNNING ->
          AttemptRules.close(task.unspent(), TaskStatus.WAITING, reason, now).whole();
      case CANCELLING ->
          task.followUp() == TaskStatus.WAITING && !task.spent()
              ? task
              : task.unspent().cancelling(TaskStatus.WAITING, now).whole();
      case RETRYING, SUCCEEDED, FAILED, UPSTREAM_FAILED, SKIPPED, CANCELLED ->
          task.afresh(now).whole();
    };
  }

  private static Task marked(Task task, Event.MarkAsked mark, Instant now) {
    TaskStatus as = mark.as().status();
    JsonNode result = result(task, mark);
    if (Objects.equals(result, task.result())
        && (task.status() == as || (task.followUp() == as && task.origin() != null))) {
      return task;
    }
    Task next =
        switch (task.status()) {
          case SUBMITTED, RUNNING -> AttemptRules.close(task, as, reason(mark), now);
          case CANCELLING -> task.cancelling(as, now);
          case WAITING, READY, RETRYING, SUCCEEDED, FAILED, UPSTREAM_FAILED, SKIPPED, CANCELLED ->
              task.with(as, now);
        };
    Task from = next.from(new Origin.Marked(mark.by(), mark.reason()));
    return mark.as() == Mark.FAILED ? from : from.returning(result);
  }

  /** What was said of it, else what it has returned; a skipped task returns nothing. */
  private static @Nullable JsonNode result(Task task, Event.MarkAsked mark) {
    return switch (mark.as()) {
      case SUCCEEDED -> mark.result() == null ? task.result() : mark.result();
      case FAILED -> task.result();
      case SKIPPED -> null;
    };
  }

  /** The run itself after its tasks were changed. */
  private static Run settled(Run run, RunEdit edit, Instant now) {
    return switch (run.status()) {
      case QUEUED -> endedIfNothingIsLeft(edit.made(), now);
      case RUNNING -> {
        edit.openFrontier();
        yield edit.done();
      }
      case SUCCEEDED, FAILED, CANCELLED -> {
        edit.requeue();
        yield endedIfNothingIsLeft(edit.made(), now).endedAs(run.status());
      }
      case CANCELLING, SKIPPED ->
          throw new IllegalStateException("refused before: " + run.status());
    };
  }

  /** With nothing left to run there is nothing to wait for. */
  private static Run endedIfNothingIsLeft(Run queued, Instant now) {
    Run ended = RunMachine.admit(queued, now);
    return ended.status().terminal() ? ended : queued;
  }

  private static Optional<String> problem(Run run, Event.OfTasks event) {
    return switch (run.status()) {
      case CANCELLING ->
          Optional.of("is being cancelled; when that is done its tasks can be changed");
      case SKIPPED ->
          Optional.of(
              "was skipped by the overlap policy and has nothing to change; `core rerun %d` makes a run of its date"
                  .formatted(run.id()));
      case QUEUED, RUNNING, SUCCEEDED, FAILED, CANCELLED -> event.tasks().problem(run.plan());
    };
  }

  private static String nothing(Run run, Event.OfTasks event, BitSet chosen) {
    if (chosen.cardinality() == 1) {
      int index = chosen.nextSetBit(0);
      return "task '%s' of run %d is %s; %s"
          .formatted(
              run.plan().key(index),
              run.id(),
              run.tasks().get(index).status(),
              switch (event) {
                case Event.ClearAsked _ -> "it has not run yet";
                case Event.RetryAsked _ ->
                    "only failed and cancelled tasks are retried; `core clear` runs any again";
                case Event.MarkAsked mark -> "it counts as " + mark.as() + " already";
              });
    }
    String of = event.tasks() instanceof Selection.Everything ? "" : " in " + event.tasks().text();
    return "run %d is %s and has %s%s"
        .formatted(
            run.id(),
            run.status(),
            switch (event) {
              case Event.ClearAsked _ -> "no task that has run";
              case Event.RetryAsked _ -> "no failed or cancelled task to retry";
              case Event.MarkAsked mark -> "no task that is not " + mark.as() + " already";
            },
            of);
  }

  /** Why attempts are closed, for their records. */
  private static String reason(Event.OfTasks event) {
    String verb =
        switch (event) {
          case Event.ClearAsked _ -> "cleared";
          case Event.RetryAsked _ -> "retried";
          case Event.MarkAsked mark -> "marked " + mark.as().name().toLowerCase(Locale.ROOT);
        };
    return verb + " by " + event.by() + (event.reason().isEmpty() ? "" : ": " + event.reason());
  }
}
