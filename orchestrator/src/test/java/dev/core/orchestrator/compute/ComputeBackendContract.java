package dev.core.orchestrator.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.core.common.definition.Datatype;
import dev.core.common.definition.Resources;
import dev.core.common.json.Json;
import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.WorkOrder;
import dev.core.common.protocol.jdbc.ExecutionRows;
import dev.core.orchestrator.compute.JobReport.Status;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every backend does, whatever its jobs are. They run the {@code shell} transformation, with
 * the real worker. A backend's own tests extend this.
 */
@Timeout(180)
public abstract class ComputeBackendContract {

  private static final AtomicLong ATTEMPTS = new AtomicLong();

  /** The one under test; the same during a test. */
  protected abstract ComputeBackend backend();

  /** The database that its workers claim in. */
  protected abstract ExecutionRows rows();

  /** The queue that jobs are submitted to. */
  protected abstract String queue();

  /** What jobs run as. */
  protected String definition() {
    return "test";
  }

  /** How many jobs are many, for what one of them costs here. */
  protected int many() {
    return 40;
  }

  /** How long a job may take to start, with all that must be started for it. */
  protected Duration patience() {
    return Duration.ofSeconds(20);
  }

  /** An attempt, its job's name and the job. */
  protected record Submitted(long attempt, JobRequest request, String jobId) {}

  @Test
  void aJobRunsAndEndsWithItsOutcome() {
    var job = submitted("echo hello");

    var report = awaitEnd(job);

    assertThat(report)
        .returns(Status.SUCCEEDED, JobReport::status)
        .returns(job.request().name(), JobReport::name)
        .returns(0, JobReport::exitCode)
        .returns(null, JobReport::failureClass);
    assertThat(outcome(job).succeeded()).isTrue();
    assertThat(rows().claim(job.attempt()).jobId()).isEqualTo(job.jobId());
  }

  @Test
  void aFailureIsReportedWithItsClassAndExitCode() {
    var job = submitted("echo broken >&2; exit 3");

    assertThat(awaitEnd(job))
        .returns(Status.FAILED, JobReport::status)
        .returns(10, JobReport::exitCode)
        .returns(FailureClass.USER, JobReport::failureClass);
    assertThat(outcome(job).failure().message()).contains("exited with 3").contains("broken");
  }

  @Test
  void anUnknownTemplateIsAFailureOfConfiguration() {
    var job = submitted(ExecutionRows.order("no_such_thing", Map.of()));

    assertThat(awaitEnd(job)).returns(FailureClass.CONFIGURATION, JobReport::failureClass);
    assertThat(outcome(job).failure().message()).contains("no_such_thing").contains("shell");
  }

  @Test
  void jobsAreFoundByTheirNameOldestFirstAndTwinsExcludeEachOther() {
    var job = submitted("sleep 1");
    var twin = accepted(backend().submit(job.request()));

    assertThat(backend().findByName(queue(), job.request().name()))
        .extracting(JobReport::jobId)
        .containsExactly(job.jobId(), twin);
    awaitEnd(job);
    await()
        .atMost(patience())
        .untilAsserted(() ->
            assertThat(backend().findByName(queue(), job.request().name()))
                .extracting(JobReport::status)
                .containsExactlyInAnyOrder(Status.SUCCEEDED, Status.FAILED));
    assertThat(backend().findByName(queue(), "never-submitted")).isEmpty();
  }

  @Test
  void whatIsUnknownIsLeftOutAndMayBeTerminated() {
    var job = submitted("true");

    assertThat(backend().describe(List.of(job.jobId(), "987654321", "not an id")))
        .containsOnlyKeys(job.jobId());
    backend().terminate(List.of("987654321", "not an id"), "nothing to end");
    awaitEnd(job);
    backend().terminate(List.of(job.jobId()), "too late");
    assertThat(describe(job)).returns(Status.SUCCEEDED, JobReport::status);
  }

  @Test
  void aRunningJobCanBeTerminated() {
    var job = submitted("sleep 600");
    awaitStatus(job, Status.RUNNING);
    await().atMost(patience()).until(() -> rows().claim(job.attempt()).claimed());

    backend().terminate(List.of(job.jobId()), "enough");
    backend().terminate(List.of(job.jobId()), "enough, again");

    assertThat(awaitEnd(job))
        .returns(Status.FAILED, JobReport::status)
        .returns(FailureClass.INFRASTRUCTURE, JobReport::failureClass);
  }

  @Test
  void theOutcomeOfACancelledJobDoesNotCount() {
    var job = submitted("sleep 600");
    await().atMost(patience()).until(() -> rows().claim(job.attempt()).claimed());

    rows().close(job.attempt());
    backend().terminate(List.of(job.jobId()), "cancelled");

    assertThat(awaitEnd(job)).returns(Status.FAILED, JobReport::status);
    assertThat(rows().claim(job.attempt()).outcome()).isNull();
  }

  @Test
  void whatRunsTooLongIsStopped() {
    var job = submitted(order("sleep 600", 2));

    assertThat(awaitEnd(job)).returns(FailureClass.TIMEOUT, JobReport::failureClass);
    assertThat(outcome(job).failure().failureClass()).isEqualTo(FailureClass.TIMEOUT);
  }

  @Test
  void theLogCanBeFollowed() {
    var job = submitted("echo first; echo second >&2; echo third");
    awaitEnd(job);

    var lines = new ArrayList<String>();
    var page = backend().logs(job.jobId(), null);
    while (!page.lines().isEmpty()) {
      lines.addAll(page.lines());
      page = backend().logs(job.jobId(), page.next());
    }

    assertThat(lines)
        .anyMatch(line -> line.contains("first"))
        .anyMatch(line -> line.contains("second"))
        .anyMatch(line -> line.contains("third"));
    assertThat(backend().logs(job.jobId(), page.next()).next()).isEqualTo(page.next());
  }

  @Test
  void manyJobsAtOnceEachRunOnce() {
    var jobs = new ArrayList<Submitted>();
    for (int i = 0; i < many(); i++) {
      jobs.add(submitted("true"));
    }

    await()
        .atMost(patience())
        .untilAsserted(() ->
            assertThat(backend().describe(jobs.stream().map(Submitted::jobId).toList()).values())
                .hasSize(many())
                .allMatch(report -> report.status() == Status.SUCCEEDED));
    assertThat(jobs).allMatch(job -> outcome(job).succeeded());
  }

  @Test
  void theMembersOfAnArrayRunOneAPartitionEach() {
    var array = array("echo partition $CORE_PARTITION of $CORE_PARTITIONS", 8, 3, 4);

    assertThat(awaitEnd(array))
        .returns(Status.SUCCEEDED, JobReport::status)
        .returns(array.request().name(), JobReport::name)
        .returns(0, JobReport::failedMembers);
    for (int index = 0; index < 8; index++) {
      var claim = rows().claim(array.attempt(), index);
      if (index < 3 || index > 6) {
        assertThat(claim.claimed()).isFalse();
        continue;
      }
      assertThat(claim.jobId()).isEqualTo(array.jobId() + ":" + (index - 3));
      assertThat(Json.read(claim.outcome(), Outcome.class).succeeded()).isTrue();
    }
    assertThat(backend().findByName(queue(), array.request().name()))
        .extracting(JobReport::jobId)
        .containsExactly(array.jobId());
    assertThat(backend().failedMembers(array.jobId())).isEmpty();
    assertThat(logOf(array.jobId() + ":2")).anyMatch(line -> line.contains("partition 5 of 8"));
  }

  @Test
  void theFailedMembersOfAnArrayAreListedAlone() {
    var array = array("test $CORE_PARTITION -ne 2", 4, 0, 4);

    assertThat(awaitEnd(array))
        .returns(Status.FAILED, JobReport::status)
        .returns(1, JobReport::failedMembers);
    assertThat(backend().failedMembers(array.jobId()))
        .singleElement()
        .returns(array.jobId() + ":2", JobReport::jobId)
        .returns(10, JobReport::exitCode)
        .returns(FailureClass.USER, JobReport::failureClass);
    assertThat(Json.read(rows().claim(array.attempt(), 3).outcome(), Outcome.class).succeeded())
        .isTrue();
  }

  @Test
  void endingAnArrayEndsItsMembers() {
    var array = array("sleep 600", 3, 0, 3);
    await().atMost(patience()).until(() -> rows().claim(array.attempt(), 0).claimed());

    backend().terminate(List.of(array.jobId()), "enough");

    assertThat(awaitEnd(array))
        .returns(Status.FAILED, JobReport::status)
        .returns(3, JobReport::failedMembers);
  }

  /** Jobs for partitions of a task, from one on. */
  private Submitted array(String command, int of, int first, int size) {
    var whole = order(command, 300);
    return submitted(whole.splitIn(of, null, whole.inputs()), queue(), first, size);
  }

  private List<String> logOf(String jobId) {
    var lines = new ArrayList<String>();
    var page = backend().logs(jobId, null);
    while (!page.lines().isEmpty()) {
      lines.addAll(page.lines());
      page = backend().logs(jobId, page.next());
    }
    return lines;
  }

  protected Submitted submitted(String command) {
    return submitted(order(command, 300));
  }

  protected Submitted submitted(WorkOrder order) {
    return submitted(order, queue());
  }

  protected Submitted submitted(WorkOrder order, String queue) {
    return submitted(order, queue, 0, 1);
  }

  private Submitted submitted(WorkOrder order, String queue, int first, int size) {
    long attempt = ATTEMPTS.incrementAndGet();
    var token = "token-" + attempt + "-" + System.nanoTime();
    rows().attempt(attempt, token, Json.write(order), order.partitions());
    var request =
        new JobRequest(
            "a" + attempt + "-test",
            token,
            queue,
            definition(),
            new Resources(
                BigDecimal.ONE, 256, order.resources().timeoutSeconds(), 2, 300, null, null),
            size,
            first,
            0,
            Map.of("run", String.valueOf(attempt), "task", order.taskKey()));
    return new Submitted(attempt, request, accepted(backend().submit(request)));
  }

  protected static WorkOrder order(String command, int timeoutSeconds) {
    return ExecutionRows.order(
        "shell",
        Map.of("command", new WorkOrder.Variable(Datatype.STRING, command)),
        timeoutSeconds);
  }

  private static String accepted(Submission submission) {
    assertThat(submission).isInstanceOf(Submission.Accepted.class);
    return ((Submission.Accepted) submission).jobId();
  }

  protected JobReport describe(Submitted job) {
    return backend().describe(List.of(job.jobId())).get(job.jobId());
  }

  protected JobReport awaitEnd(Submitted job) {
    await().atMost(patience()).until(() -> describe(job).status().ended());
    return describe(job);
  }

  protected void awaitStatus(Submitted job, Status status) {
    await().atMost(patience()).until(() -> describe(job).status() == status);
  }

  protected Outcome outcome(Submitted job) {
    return Json.read(rows().claim(job.attempt()).outcome(), Outcome.class);
  }
}
