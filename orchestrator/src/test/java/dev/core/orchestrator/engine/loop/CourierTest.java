package dev.core.orchestrator.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.orchestrator.compute.ComputeBackend;
import dev.core.orchestrator.compute.JobReport;
import dev.core.orchestrator.compute.JobRequest;
import dev.core.orchestrator.compute.Submission;
import dev.core.orchestrator.engine.Effect;
import dev.core.orchestrator.engine.Effects;
import dev.core.orchestrator.engine.Event;
import dev.core.orchestrator.engine.Example;
import dev.core.orchestrator.engine.Story;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CourierTest {

  private final Recording backend = new Recording();
  private final Inbox inbox = new Inbox();
  private final AtomicLong nanos = new AtomicLong();
  private final Lease lease = new Lease(nanos::get, Duration.ofSeconds(10));
  private final ArrayDeque<Runnable> calls = new ArrayDeque<>();
  private final BackendHealth health = new BackendHealth();
  private final Courier courier =
      new Courier(backend, inbox.ofTerm(), lease, calls::add, calls::add, health);
  private final Story story = Example.of(1).story().admitted().intended(1);

  CourierTest() {
    lease.renewed(nanos.get());
  }

  @Test
  void aJobIsNotAskedForAgainBeforeItsAnswerIsDealtWith() throws InterruptedException {
    carryOut();
    carryOut();
    call();
    carryOut();
    call();
    assertThat(backend.submitted).hasSize(1);
    assertThat(courier.unanswered()).isEqualTo(1);

    List<Input.FromBackend> answers = inbox.await(Duration.ZERO);
    courier.heard(answers);

    assertThat(answers)
        .extracting(Input.FromBackend::event)
        .containsExactly(new Event.Accepted(1, 1, "job-1"));
    assertThat(courier.unanswered()).isZero();
  }

  @Test
  void anAnswerThatCouldNotBeDealtWithStillHoldsBackAnotherSubmission() throws Exception {
    carryOut();
    call();
    List<Input.FromBackend> answers = inbox.await(Duration.ZERO);
    courier.heard(answers);
    answers.forEach(courier::unheard);

    carryOut();
    call();

    assertThat(backend.submitted).hasSize(1);
  }

  @Test
  void aThrottledSubmissionIsAskedForAgain() {
    backend.answer = new Submission.Throttled("slowly");
    carryOut();
    call();
    assertThat(courier.unanswered()).isZero();

    carryOut();
    call();

    assertThat(backend.submitted).hasSize(2);
  }

  @Test
  void aSubmissionThatIsNotAllowedIsAskedForAgainAndPeopleAreTold() {
    backend.answer = new Submission.Unavailable("not authorized");
    carryOut();
    call();
    assertThat(courier.unanswered()).isZero();
    assertThat(health.last()).isEqualTo(new BackendHealth.Word("not authorized"));

    backend.answer = new Submission.Accepted("job-1");
    carryOut();
    call();

    assertThat(backend.submitted).hasSize(2);
    assertThat(health.last()).isEqualTo(new BackendHealth.Word(null));
  }

  @Test
  void nothingIsAskedWithoutTheLease() throws InterruptedException {
    carryOut();
    nanos.addAndGet(Duration.ofSeconds(10).toNanos());
    call();
    assertThat(backend.submitted).isEmpty();
    assertThat(inbox.await(Duration.ZERO)).isEmpty();

    lease.renewed(nanos.get());
    carryOut();
    call();
    lease.end();
    story.accepted(1).cancelled();
    carryOut();
    call();

    assertThat(backend.submitted).hasSize(1);
    assertThat(backend.terminated).isEmpty();
  }

  @Test
  void aSubmissionThatFailsOddlyIsUnanswered() throws InterruptedException {
    backend.answer = null;
    carryOut();
    call();

    assertThat(inbox.await(Duration.ZERO))
        .extracting(Input.FromBackend::event)
        .containsExactly(new Event.Unanswered(1, 1));
  }

  @Test
  void oneEmptyAnswerBeforeTheSettleTimeProvesNothing() throws InterruptedException {
    story.then(new Event.Unanswered(1, 1));
    Instant askedAt = story.task(1).open().orElseThrow().askedAt();
    pass(backend.settleTime());

    carryOut(askedAt.plus(backend.settleTime()).minusNanos(1));
    call();
    assertThat(inbox.await(Duration.ZERO)).isEmpty();
    carryOut(askedAt.plus(backend.settleTime()));
    call();

    assertThat(inbox.await(Duration.ZERO))
        .extracting(Input.FromBackend::event)
        .containsExactly(new Event.NotFound(1, 1, askedAt));
  }

  @Test
  void whatAnEarlierLeaderAskedForSettlesFromTheBeginningOfThisTerm() throws InterruptedException {
    story.then(new Event.Unanswered(1, 1));
    Instant longAfter = story.task(1).open().orElseThrow().askedAt().plus(Duration.ofDays(1));

    carryOut(longAfter);
    call();
    assertThat(inbox.await(Duration.ZERO)).isEmpty();
    pass(backend.settleTime());
    carryOut(longAfter);
    call();

    assertThat(inbox.await(Duration.ZERO)).hasSize(1);
  }

  @Test
  void aJobIsAskedToEndThoughTheEndOfAnotherOfItsAttemptIsBeingAskedFor() {
    story.accepted(1).then(new Event.Accepted(1, 1, "twin")).cancelled();
    terminate("twin");
    terminate("job-1-1", "twin");
    call();
    assertThat(backend.terminated).containsExactly("twin", "job-1-1");

    terminate("job-1-1", "twin");
    call();

    assertThat(backend.terminated).containsExactly("twin", "job-1-1", "job-1-1", "twin");
  }

  @Test
  void jobsThatTheBackendWasAskedToEndCountThoughItCouldNotBeAskedForOthers() throws Exception {
    story.accepted(1).then(new Event.Accepted(1, 1, "twin")).cancelled();
    backend.cannotEnd = "job-1-1";
    terminate("job-1-1", "twin");
    call();
    assertThat(inbox.await(Duration.ZERO))
        .extracting(Input.FromBackend::event)
        .containsExactly(new Event.TerminationAsked(1, 1, List.of("twin")));

    backend.cannotEnd = null;
    terminate("job-1-1");
    call();

    assertThat(inbox.await(Duration.ZERO))
        .extracting(Input.FromBackend::event)
        .containsExactly(new Event.TerminationAsked(1, 1, List.of("job-1-1")));
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
    lease.renewed(nanos.get());
  }

  private void carryOut() {
    carryOut(story.now());
  }

  private void carryOut(Instant now) {
    courier.carryOut(Map.of(story.run(), Effects.outstanding(story.run(), now)), now);
  }

  private void terminate(String... jobIds) {
    courier.carryOut(
        Map.of(story.run(), List.of(new Effect.Terminate(1, 1, List.of(jobIds), "because"))),
        story.now());
  }

  private void call() {
    while (!calls.isEmpty()) {
      calls.remove().run();
    }
  }

  /** Writes down what it is asked. */
  private static final class Recording implements ComputeBackend {
    final List<String> submitted = new ArrayList<>();
    final List<String> terminated = new ArrayList<>();
    @Nullable String cannotEnd;
    @Nullable Submission answer = new Submission.Accepted("job-1");

    @Override
    public String mode() {
      return "recording";
    }

    @Override
    public Duration settleTime() {
      return Duration.ofSeconds(60);
    }

    @Override
    public int submissionBudget() {
      return 8;
    }

    @Override
    public Submission submit(JobRequest request) {
      submitted.add(request.name());
      if (answer == null) {
        throw new IllegalStateException("odd");
      }
      return answer;
    }

    @Override
    public Map<String, JobReport> describe(Collection<String> jobIds) {
      return Map.of();
    }

    @Override
    public List<JobReport> findByName(String queue, String jobName) {
      return List.of();
    }

    @Override
    public void terminate(Collection<String> jobIds, String reason) {
      var asked = new HashSet<>(jobIds);
      if (asked.remove(cannotEnd)) {
        throw new NotAllAsked(asked, new BackendUnavailable("slowly", null));
      }
      terminated.addAll(jobIds);
    }

    @Override
    public LogPage logs(String jobId, @Nullable String cursor) {
      return new LogPage(List.of(), "end");
    }

    @Override
    public void close() {}
  }
}
