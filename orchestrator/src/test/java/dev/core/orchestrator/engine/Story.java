package dev.core.orchestrator.engine;

import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.Outcome.Failure;
import dev.core.common.protocol.Partitions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What happens to one run, one fact a second, in the words of tests. */
public final class Story {

  private final RunMachine machine;
  private Run run;
  private Instant now;

  public Story(Run run, RetryPolicy policy, Instant now) {
    this.machine = new RunMachine(policy);
    this.run = run;
    this.now = now;
  }

  public Run run() {
    return run;
  }

  public Instant now() {
    return now;
  }

  public Task task(int index) {
    return run.tasks().get(index);
  }

  public Story pass(Duration time) {
    now = now.plus(time);
    return this;
  }

  /** A fact that applies. */
  public Story then(Event event) {
    if (!hears(event)) {
      throw new AssertionError(event + " changes nothing in " + run.tasks().get(0) + " …");
    }
    return this;
  }

  /** A fact about the story so far. */
  Story then(Function<Story, Event> event) {
    return then(event.apply(this));
  }

  /** Whether the fact changes anything. */
  @SuppressWarnings("ReferenceEquality") // the same object is what the machine promises
  public boolean hears(Event event) {
    now = now.plusSeconds(1);
    Run next = machine.apply(run, event, now);
    boolean changed = next != run;
    run = next;
    return changed;
  }

  public Story admitted() {
    return then(new Event.Admitted());
  }

  public Story intended(int task) {
    return then(intent(run, task));
  }

  public static Event.Intended intent(Run run, int task) {
    int number = run.tasks().get(task).attempts() + 1;
    return new Event.Intended(
        task,
        number,
        run.id() * 100_000 + task * 100L + number,
        "token-%d-%d-%d".formatted(run.id(), task, number),
        "job of it",
        "queue",
        "core:1");
  }

  /** An attempt at all partitions, of which nothing is submitted yet. */
  public Story split(int task, int of) {
    return split(task, of, Partitions.all(of));
  }

  public Story split(int task, int of, Partitions partitions) {
    var whole = intent(run, task);
    return then(
        new Event.Intended(
            task,
            whole.attempt(),
            whole.attemptId(),
            whole.token(),
            whole.jobName(),
            whole.queue(),
            whole.definitionRevision(),
            partitions,
            of));
  }

  /** The next partitions are to be submitted. */
  public Story chunk(int task, int size) {
    return then(chunk(run, task, size));
  }

  static Event.ChunkIntended chunk(Run run, int task, int size) {
    Attempt attempt = run.tasks().get(task).open().orElse(null);
    FanOut fan = attempt == null ? null : attempt.fan();
    int first = fan == null ? 0 : fan.next();
    return new Event.ChunkIntended(
        task, attempt == null ? 1 : attempt.number(), first, size, "chunk-" + first);
  }

  public static Event.PartitionsClaimed partitionClaimed(
      int task, int attempt, int index, String jobId, Instant at) {
    return new Event.PartitionsClaimed(
        task, attempt, List.of(new Event.PartitionsClaimed.Claim(index, jobId, at)));
  }

  static Event.PartitionsRenewed partitionRenewed(int task, int attempt, int index, Instant at) {
    return new Event.PartitionsRenewed(
        task, attempt, List.of(new Event.PartitionsRenewed.Renewal(index, at)));
  }

  public static Event.PartitionsFinished partitionSucceeded(int task, int attempt, int index) {
    return new Event.PartitionsFinished(task, attempt, Partitions.range(index, 1), Map.of());
  }

  public static Event.PartitionsFinished partitionFailed(
      int task, int attempt, int index, FailureClass why) {
    return new Event.PartitionsFinished(
        task, attempt, Partitions.NONE, Map.of(why, Partitions.range(index, 1)));
  }

  static Event.PartitionsLost partitionLost(
      int task, int attempt, int index, @Nullable String jobId) {
    return new Event.PartitionsLost(
        task,
        attempt,
        List.of(
            new Loss(
                Partitions.range(index, 1),
                new Failure(FailureClass.INFRASTRUCTURE, "its host is gone"),
                jobId)));
  }

  public Story accepted(int task) {
    return then(new Event.Accepted(task, number(task), job(task)));
  }

  public Story claimed(int task) {
    return then(
        new Event.Claimed(
            task, number(task), "claimant-" + task + "-" + number(task), job(task), now));
  }

  /** Up to a worker's claim. */
  public Story running(int task) {
    return intended(task).accepted(task).claimed(task);
  }

  public Story succeeds(int task) {
    return then(new Event.Finished(task, number(task), Outcome.success(null, List.of())));
  }

  public Story fails(int task, FailureClass why) {
    return then(new Event.Finished(task, number(task), Outcome.failure(why, "it broke")));
  }

  public Story leaseOver(int task) {
    var hold = task(task).open().orElseThrow().hold();
    if (hold == null) {
      throw new AssertionError("task " + task + " is not claimed");
    }
    return pass(Example.POLICY.claimLease())
        .then(new Event.LeaseOver(task, number(task), hold.renewedAt()));
  }

  public Story jobEnds(int task) {
    return then(jobSeen(task, Job.Status.FAILED));
  }

  public Event.JobSeen jobSeen(int task, Job.Status status) {
    return new Event.JobSeen(
        task, number(task), job(task), status, status.ended() ? 1 : null, "as told", null);
  }

  public Story cancelled() {
    return then(new Event.CancelAsked("tester", "not needed"));
  }

  static Event.RetryAsked retry() {
    return new Event.RetryAsked("tester", "", new Selection.Everything());
  }

  static Event.RetryAsked retry(String task) {
    return new Event.RetryAsked("tester", "", new Selection.OfTask(task, false));
  }

  Event.ClearAsked clear(int task, boolean downstream) {
    return new Event.ClearAsked(
        "tester", "wrong input", new Selection.OfTask(run.plan().key(task), downstream));
  }

  Event.MarkAsked mark(int task, Mark as) {
    return new Event.MarkAsked(
        "tester", "known", new Selection.OfTask(run.plan().key(task), false), as, null);
  }

  Event.RetryAsked retry(int task) {
    return retry(run.plan().key(task));
  }

  public int number(int task) {
    return task(task).attempts();
  }

  public String job(int task) {
    return "job-" + task + "-" + number(task);
  }
}
