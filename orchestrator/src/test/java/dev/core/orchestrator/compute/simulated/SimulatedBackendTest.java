package dev.core.orchestrator.compute.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.definition.Resources;
import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.WorkOrder;
import dev.core.common.protocol.WorkerProtocol;
import dev.core.common.protocol.jdbc.ExecutionRows;
import dev.core.common.settings.ClaimSettings;
import dev.core.orchestrator.compute.JobReport;
import dev.core.orchestrator.compute.JobReport.Status;
import dev.core.orchestrator.compute.JobRequest;
import dev.core.orchestrator.compute.Submission;
import java.math.BigDecimal;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What only a driver of virtual time sees; the shared contract says the rest. */
@Tag("simulated")
class SimulatedBackendTest {

  private final Timeline timeline = new Timeline(Instant.EPOCH);
  private final Protocol protocol = new Protocol(timeline);

  @Test
  void theSameSeedGivesTheSameHistoryAndAnotherGivesAnother() {
    assertThat(history(7)).isEqualTo(history(7)).hasSizeGreaterThan(300);
    assertThat(history(8)).isNotEqualTo(history(7));
  }

  private static List<String> history(long seed) {
    var timeline = new Timeline(Instant.EPOCH);
    var protocol = new Protocol(timeline);
    var backend =
        backend("here", timeline, protocol, new SeededScenario(seed, Duration.ofMinutes(2), 20));
    for (int i = 0; i < 100; i++) {
      Submission _ = backend.submit(request("job-" + i));
    }
    while (timeline.step()) {}
    return protocol.calls;
  }

  @Test
  void nothingHappensUntilTimeIsAdvanced() {
    var backend = backend(new Fixed(Duration.ofSeconds(5), Duration.ofMinutes(1)));
    var job = submitted(backend, "a");

    assertThat(report(backend, job).status()).isEqualTo(Status.PENDING);
    timeline.advanceTo(at(4));
    assertThat(protocol.calls).isEmpty();
    timeline.advanceTo(at(5));
    assertThat(report(backend, job).status()).isEqualTo(Status.RUNNING);
    timeline.advanceTo(at(64));
    assertThat(report(backend, job).status()).isEqualTo(Status.RUNNING);
    timeline.advanceTo(at(65));
    assertThat(report(backend, job).status()).isEqualTo(Status.SUCCEEDED);
    assertThat(protocol.calls).containsExactly("5 claim a", "35 renew a", "65 finish a");
  }

  @Test
  void aWorkerBearsADatabaseThatIsAwayForAWhile() {
    var backend = backend(new Fixed(Duration.ZERO, Duration.ofSeconds(100)));
    var job = submitted(backend, "a");

    protocol.away(0, 3);
    protocol.away(30, 90);
    protocol.away(103, 110);
    while (timeline.step()) {}

    assertThat(report(backend, job).status()).isEqualTo(Status.SUCCEEDED);
    assertThat(timeline.now()).isEqualTo(at(110));
  }

  @Test
  void aWorkerThatCannotRenewStopsItselfBeforeItsLeaseIsOver() {
    var backend = backend(new Fixed(Duration.ZERO, Duration.ofHours(1)));
    var job = submitted(backend, "a");

    protocol.away(1, 110);
    while (timeline.step()) {}

    assertThat(report(backend, job))
        .returns(Status.FAILED, JobReport::status)
        .returns(FailureClass.INFRASTRUCTURE, JobReport::failureClass);
    assertThat(protocol.calls.getLast()).startsWith("110 finish a");
  }

  @Test
  void aWorkerThatFindsItsClaimClosedEndsWithoutEffect() {
    var backend = backend(new Fixed(Duration.ZERO, Duration.ofHours(1)));
    var job = submitted(backend, "a");
    timeline.advanceTo(at(10));

    protocol.closed = true;
    timeline.advanceTo(at(30));

    assertThat(report(backend, job)).returns(21, JobReport::exitCode);
    assertThat(timeline.next()).isEmpty();
  }

  @Test
  void aLostHostLeavesNoOutcome() {
    var backend = backend(new Fixed(Duration.ZERO, Duration.ofHours(1)));
    var job = submitted(backend, "a");
    timeline.advanceTo(at(10));

    backend.lose(job, "reclaimed");
    while (timeline.step()) {}

    assertThat(report(backend, job))
        .returns(Status.FAILED, JobReport::status)
        .returns("reclaimed", JobReport::reason)
        .returns(null, JobReport::exitCode);
    assertThat(protocol.calls).containsExactly("0 claim a");
  }

  @Test
  void aForgottenJobGoesOnUnseen() {
    var backend = backend(new Fixed(Duration.ZERO, Duration.ofSeconds(10)));
    var job = submitted(backend, "a");

    backend.forget(job);
    while (timeline.step()) {}

    assertThat(backend.describe(List.of(job))).isEmpty();
    assertThat(backend.findByName("simulated", "a")).isEmpty();
    assertThat(protocol.calls).containsExactly("0 claim a", "10 finish a");
  }

  @Test
  void aJobOfAnotherProcessIsLostAndAnythingElseUnknown() {
    var backend = backend(new Fixed(Duration.ZERO, Duration.ofSeconds(10)));

    assertThat(backend.describe(List.of("simulated-there-1", "simulated-here-1", "17")))
        .containsOnlyKeys("simulated-there-1")
        .extractingByKey("simulated-there-1")
        .returns(Status.FAILED, JobReport::status)
        .returns(FailureClass.INFRASTRUCTURE, JobReport::failureClass);
  }

  private SimulatedBackend backend(Scenario scenario) {
    return backend("here", timeline, protocol, scenario);
  }

  private static SimulatedBackend backend(
      String process, Timeline timeline, WorkerProtocol protocol, Scenario scenario) {
    return new SimulatedBackend(
        timeline,
        scenario,
        protocol,
        new ClaimSettings(Duration.ofSeconds(30), Duration.ofSeconds(90), Duration.ofSeconds(120)),
        new SimulatedBackend.Terms(process, Duration.ZERO, 64));
  }

  private static String submitted(SimulatedBackend backend, String name) {
    return ((Submission.Accepted) backend.submit(request(name))).jobId();
  }

  private static JobReport report(SimulatedBackend backend, String job) {
    return backend.describe(List.of(job)).get(job);
  }

  private static Instant at(long second) {
    return Instant.EPOCH.plusSeconds(second);
  }

  private static JobRequest request(String name) {
    return new JobRequest(
        name,
        name,
        "simulated",
        "core",
        new Resources(BigDecimal.ONE, 256, 7200, 2, 300, null, null),
        1,
        Map.of("task", name, "run", "1"));
  }

  private record Fixed(Duration waits, Duration lasts) implements Scenario {
    @Override
    public Duration waits(JobRequest request) {
      return waits;
    }

    @Override
    public Performance performs(JobRequest request, WorkOrder order) {
      return new Performance(lasts, new End.Says(Outcome.success(null, List.of())), List.of());
    }
  }

  /** Grants everything and keeps what was asked, with the second it was asked at. */
  private static final class Protocol implements WorkerProtocol {
    final List<String> calls = new ArrayList<>();
    private final Timeline timeline;
    private final List<long[]> absences = new ArrayList<>();
    boolean closed;

    Protocol(Timeline timeline) {
      this.timeline = timeline;
    }

    void away(long fromSecond, long toSecond) {
      absences.add(new long[] {fromSecond, toSecond});
    }

    private boolean call(String what) {
      long second = timeline.now().getEpochSecond();
      if (absences.stream().anyMatch(each -> each[0] <= second && second < each[1])) {
        throw new IllegalStateException(new SQLTransientConnectionException("away", "08001"));
      }
      calls.add(second + " " + what);
      return !closed;
    }

    @Override
    public @Nullable WorkOrder claim(String token, int partition, String jobId, String claimant) {
      return call("claim " + token) ? ExecutionRows.order("any", Map.of(), 7200) : null;
    }

    @Override
    public boolean renew(String token, int partition, String claimant, @Nullable String progress) {
      return call("renew " + token);
    }

    @Override
    public boolean finish(String token, int partition, String claimant, Outcome outcome) {
      var failure = outcome.failure();
      return call("finish " + token + (failure == null ? "" : " " + failure.failureClass()));
    }
  }
}
