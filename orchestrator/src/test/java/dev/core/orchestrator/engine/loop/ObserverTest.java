package dev.core.orchestrator.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.protocol.Partitions;
import dev.core.orchestrator.compute.ComputeBackend;
import dev.core.orchestrator.compute.JobReport;
import dev.core.orchestrator.compute.JobReport.Members;
import dev.core.orchestrator.compute.JobReport.Status;
import dev.core.orchestrator.compute.JobRequest;
import dev.core.orchestrator.compute.Submission;
import dev.core.orchestrator.engine.Event;
import dev.core.orchestrator.engine.Example;
import dev.core.orchestrator.engine.Job;
import dev.core.orchestrator.engine.Loss;
import dev.core.orchestrator.engine.Story;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A task of six partitions in two arrays of three, and what is told of them. */
class ObserverTest {

  private static final Duration CLAIM_LEASE = Duration.ofSeconds(120);

  private final Arrays backend = new Arrays();
  private final Inbox inbox = new Inbox();
  private final Lease lease = new Lease(() -> 0, Duration.ofSeconds(10));
  private final BackendHealth health = new BackendHealth();
  private final Observer observer =
      new Observer(backend, inbox.ofTerm(), lease, Runnable::run, CLAIM_LEASE, health);
  private final Story story =
      Example.of(1)
          .story()
          .admitted()
          .split(1, 6)
          .chunk(1, 3)
          .then(new Event.Accepted(1, 1, "first", 0))
          .chunk(1, 3)
          .then(new Event.Accepted(1, 1, "second", 3));

  ObserverTest() {
    lease.renewed(0);
  }

  @Test
  void otherJobsAreToldOfThoughTheFailuresOfOneArrayCannotBeListed() throws Exception {
    backend.stands("first", new Members(0, 0, 2, 1));
    backend.stands("second", new Members(0, 3, 0, 0));
    backend.unlisted.add("first");

    assertThat(look()).containsExactly(seen("second", Job.Status.RUNNING));
    assertThat(health.last()).isEqualTo(new BackendHealth.Word("no list of first"));

    backend.unlisted.clear();
    backend.failed("first", 2);
    assertThat(look())
        .hasSize(3)
        .contains(seen("first", Job.Status.FAILED))
        .anySatisfy(this::isLossOf2);
  }

  private void isLossOf2(Event event) {
    assertThat(event)
        .isInstanceOfSatisfying(
            Event.PartitionsLost.class,
            lost ->
                assertThat(lost.losses())
                    .extracting(Loss::indexes)
                    .containsExactly(Partitions.range(2, 1)));
  }

  @Test
  void failuresAreListedUntilAsManyAreThereAsWereCountedAndThenNoMore() throws Exception {
    backend.stands("first", new Members(0, 1, 0, 2));
    backend.failed("first", 0);
    var _ = look();
    backend.failed("first", 2);

    assertThat(look())
        .anySatisfy(event ->
            assertThat(event)
                .isInstanceOfSatisfying(
                    Event.PartitionsLost.class,
                    lost ->
                        assertThat(lost.losses().getFirst().indexes())
                            .isEqualTo(Partitions.parse("0,2"))));

    assertThat(backend.listed).containsExactly("first", "first");
    var _ = look();
    assertThat(backend.listed).hasSize(2);
    backend.stands("first", new Members(0, 0, 0, 3));
    var _ = look();
    assertThat(backend.listed).hasSize(3);
  }

  @Test
  void anArrayIsGoneThoughTheWorkersOfAnotherAreAlive() throws Exception {
    story
        .then(Story.partitionClaimed(1, 1, 0, "first:0", story.now()))
        .then(Story.partitionClaimed(1, 1, 3, "second:0", story.now()));
    backend.stands("second", new Members(0, 3, 0, 0));
    var _ = look();
    story.pass(Duration.ofMinutes(6));
    renewed(0);
    assertThat(look()).as("its own worker is alive").doesNotContain(gone());
    story.pass(CLAIM_LEASE);
    renewed(3);

    assertThat(look()).contains(gone());
  }

  private void renewed(int index) {
    story.then(
        new Event.PartitionsRenewed(
            1, 1, List.of(new Event.PartitionsRenewed.Renewal(index, story.now()))));
  }

  private static Event gone() {
    return new Event.JobSeen(
        1,
        1,
        "first",
        Job.Status.GONE,
        null,
        "the backend has not known it for five minutes",
        null);
  }

  private Event seen(String jobId, Job.Status status) {
    JobReport report = Objects.requireNonNull(backend.reports.get(jobId));
    return new Event.JobSeen(1, 1, jobId, status, null, report.reason(), report.failureClass());
  }

  private List<Event> look() throws InterruptedException {
    observer.look(List.of(story.run()), story.now());
    return inbox.await(Duration.ZERO).stream().map(Input.FromBackend::event).toList();
  }

  /** Knows of arrays what it is told. */
  private static final class Arrays implements ComputeBackend {
    final Map<String, JobReport> reports = new HashMap<>();
    final Map<String, List<JobReport>> failed = new HashMap<>();
    final Set<String> unlisted = new HashSet<>();
    final List<String> listed = new ArrayList<>();

    void stands(String jobId, Members members) {
      reports.put(jobId, JobReport.ofArray(jobId, jobId, Instant.EPOCH, members, "some failed"));
    }

    void failed(String jobId, int place) {
      failed
          .computeIfAbsent(jobId, _ -> new ArrayList<>())
          .add(
              new JobReport(
                  jobId + ":" + place, jobId, Status.FAILED, Instant.EPOCH, 137, null, null));
    }

    @Override
    public String mode() {
      return "arrays";
    }

    @Override
    public Duration settleTime() {
      return Duration.ZERO;
    }

    @Override
    public int submissionBudget() {
      return 0;
    }

    @Override
    public Submission submit(JobRequest request) {
      return new Submission.Throttled("never");
    }

    @Override
    public Map<String, JobReport> describe(Collection<String> jobIds) {
      var known = new HashMap<>(reports);
      known.keySet().retainAll(jobIds);
      return known;
    }

    @Override
    public List<JobReport> failedMembers(String arrayId) {
      listed.add(arrayId);
      if (unlisted.contains(arrayId)) {
        throw new BackendUnavailable("no list of " + arrayId, null);
      }
      return List.copyOf(failed.getOrDefault(arrayId, List.of()));
    }

    @Override
    public List<JobReport> findByName(String queue, String jobName) {
      return List.of();
    }

    @Override
    public void terminate(Collection<String> jobIds, String reason) {}

    @Override
    public LogPage logs(String jobId, @Nullable String cursor) {
      return new LogPage(List.of(), "end");
    }

    @Override
    public void close() {}
  }
}
