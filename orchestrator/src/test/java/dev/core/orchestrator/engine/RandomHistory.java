package dev.core.orchestrator.engine;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes up what is said to a leader about one run: plausible facts, facts that were said before,
 * and facts about anything, all at random from a seed.
 */
public final class RandomHistory {

  private final Random random;
  private final List<Event> said = new ArrayList<>();

  public RandomHistory(Random random) {
    this.random = random;
  }

  public Event next(Run run, Instant now, boolean failures) {
    Event event =
        switch (random.nextInt(10)) {
          case 0, 1 -> said.isEmpty() ? anything(run, now) : said.get(random.nextInt(said.size()));
          case 2 -> anything(run, now);
          default -> plausible(run, now, failures);
        };
    said.add(event);
    return event;
  }

  /** What could well be said next. */
  private Event plausible(Run run, Instant now, boolean failures) {
    if (run.status() == RunStatus.QUEUED) {
      return switch (failures ? random.nextInt(20) : 2) {
        case 0 -> new Event.Skipped("not now");
        case 1 -> Happening.tookOver(1);
        default -> new Event.Admitted();
      };
    }
    if (failures && random.nextInt(60) == 0) {
      return new Event.CancelAsked("somebody", "changed my mind");
    }
    if (failures && random.nextInt(20) == 0) {
      return ofTasks(run);
    }
    Task task = run.tasks().get(random.nextInt(run.tasks().size()));
    if (task.status() == TaskStatus.READY) {
      return failures && random.nextInt(20) == 0
          ? new Event.Unresolvable(task.index(), "no dataset")
          : Story.intent(run, task.index());
    }
    if (task.status() == TaskStatus.RETRYING) {
      return new Event.RetryDue(task.index());
    }
    return task.live().isEmpty()
        ? new Event.RetryDue(task.index())
        : ofAttempt(
            task.index(), task.live().get(random.nextInt(task.live().size())), now, failures);
  }

  private Event ofTasks(Run run) {
    Selection tasks = selection(run);
    return switch (random.nextInt(4)) {
      case 0 -> new Event.ClearAsked("somebody", "wrong input", tasks);
      case 1, 2 -> new Event.RetryAsked("somebody", "", tasks);
      default -> {
        Mark as = Mark.values()[random.nextInt(Mark.values().length)];
        yield new Event.MarkAsked(
            "somebody",
            "as I know",
            tasks,
            as,
            as == Mark.SUCCEEDED && random.nextBoolean() ? new IntNode(7) : null);
      }
    };
  }

  private Selection selection(Run run) {
    var node = run.plan().dag().nodes().get(random.nextInt(run.tasks().size()));
    return switch (random.nextInt(6)) {
      case 0 -> new Selection.Everything();
      case 1 -> new Selection.OfState(node.state(), random.nextBoolean());
      default -> new Selection.OfTask(node.key(), random.nextBoolean());
    };
  }

  private Event ofAttempt(int task, Attempt attempt, Instant now, boolean failures) {
    int number = attempt.number();
    String job =
        attempt.jobs().isEmpty() || random.nextInt(12) == 0
            ? "job-" + task + "-" + number + "-" + random.nextInt(2)
            : attempt.jobs().get(random.nextInt(attempt.jobs().size())).jobId();
    return switch (random.nextInt(failures ? 12 : 8)) {
      case 0 -> new Event.Accepted(task, number, job);
      case 1, 2 -> new Event.Claimed(task, number, "claimant-" + job, job, now);
      case 3 -> new Event.Renewed(task, number, now, "step " + random.nextInt(3));
      case 4, 5 -> new Event.Finished(task, number, Outcome.success(null, List.of()));
      case 6 -> new Event.TerminationAsked(task, number, List.of(job));
      case 7 ->
          attempt.status().open()
              ? new Event.JobSeen(task, number, job, Job.Status.RUNNING, null, null, null)
              : new Event.JobSeen(task, number, job, Job.Status.FAILED, 1, "ended", null);
      case 8 -> new Event.Finished(task, number, Outcome.failure(failureClass(), "it broke"));
      case 9 ->
          random.nextBoolean()
              ? new Event.LeaseOver(task, number, now)
              : new Event.Overdue(task, number);
      case 10 ->
          random.nextBoolean()
              ? new Event.Unanswered(task, number)
              : new Event.NotFound(task, number, attempt.askedAt());
      case 11 ->
          random.nextBoolean()
              ? new Event.Refused(task, number, failureClass(), "no")
              : new Event.JobSeen(
                  task,
                  number,
                  job,
                  random.nextBoolean() ? Job.Status.FAILED : Job.Status.GONE,
                  137,
                  "host lost",
                  null);
      default -> throw new IllegalStateException();
    };
  }

  /** About any task, also one that there is not, and any attempt and job. */
  private Event anything(Run run, Instant now) {
    int task = random.nextInt(-1, run.tasks().size() + 1);
    int attempt = random.nextInt(0, 4);
    String job = "job-" + task + "-" + attempt + "-" + random.nextInt(2);
    return switch (random.nextInt(9)) {
      case 0 -> new Event.Admitted();
      case 1 -> new Event.RetryDue(task);
      case 2 -> new Event.Finished(task, attempt, Outcome.success(null, List.of()));
      case 3 -> new Event.Claimed(task, attempt, "claimant-" + job, job, now);
      case 4 -> new Event.JobSeen(task, attempt, job, Job.Status.FAILED, 1, null, null);
      case 5 -> new Event.LeaseOver(task, attempt, Example.START);
      case 6 ->
          new Event.Intended(
              task,
              attempt,
              run.id() * 100_000 + task * 100L + attempt,
              "token-%d-%d-%d".formatted(run.id(), task, attempt),
              "job of it",
              "queue",
              "core:1");
      case 7 -> new Event.NotFound(task, attempt, Example.START);
      default -> new Event.Accepted(task, attempt, job);
    };
  }

  private FailureClass failureClass() {
    return FailureClass.values()[random.nextInt(FailureClass.values().length)];
  }
}
