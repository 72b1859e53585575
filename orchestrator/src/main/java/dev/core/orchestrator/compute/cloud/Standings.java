package dev.core.orchestrator.compute.cloud;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.ComputeEnvironmentOrder;
import software.amazon.awssdk.services.batch.model.FrontOfQueueJobSummary;
import software.amazon.awssdk.services.batch.model.JQState;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.batch.model.JobStatus;

/**
 * What Batch says of jobs that wait: their state, their place among the first hundred of the queue,
 * what is wrong with the queue and its compute environments. Thread-safe.
 */
final class Standings {

  private static final Duration JOB_GOOD = Duration.ofSeconds(5);
  private static final Duration LINE_GOOD = Duration.ofSeconds(15);
  private static final Duration HEALTH_GOOD = Duration.ofSeconds(60);

  /** Of DescribeJobs, and of those about whom anybody wants to read. */
  private static final int JOBS_AT_ONCE = 100;

  /** How many jobs GetJobQueueSnapshot shows. */
  private static final int LINE_SHOWN = 100;

  private final BatchClient client;
  private final Answers<String, Optional<JobDetail>> jobs;
  private final Answers<String, Line> lines;
  private final Answers<String, List<String>> troubles;

  /** The first RUNNABLE jobs of a queue by ARN; or why they are not known. */
  private record Line(List<FrontOfQueueJobSummary> first, String failure) {}

  Standings(BatchClient client, LongSupplier nanos) {
    this.client = client;
    this.jobs = new Answers<>(JOB_GOOD, nanos);
    this.lines = new Answers<>(LINE_GOOD, nanos);
    this.troubles = new Answers<>(HEALTH_GOOD, nanos);
  }

  /**
   * By id, of at most a hundred of them.
   *
   * @throws SdkException if Batch does not describe the jobs
   */
  Map<String, String> of(String queue, Collection<String> jobIds) {
    var some = jobIds.stream().limit(JOBS_AT_ONCE).toList();
    describe(some.stream().filter(id -> !jobs.has(id)).toList());
    var words = new HashMap<String, String>();
    for (String id : some) {
      jobs.get(id, _ -> Optional.empty()).ifPresent(job -> words.put(id, words(queue, job)));
    }
    return words;
  }

  private void describe(List<String> ids) {
    if (ids.isEmpty()) {
      return;
    }
    for (JobDetail job : client.describeJobs(request -> request.jobs(ids)).jobs()) {
      jobs.put(job.jobId(), Optional.of(job));
    }
  }

  private String words(String queue, JobDetail job) {
    boolean array = isArray(job);
    String reason = array ? JobReports.of(job).reason() : job.statusReason();
    var words = new ArrayList<String>();
    words.add(state(job));
    if (reason != null && !reason.isBlank()) {
      words.add(reason);
    }
    if (job.status() == JobStatus.RUNNABLE || (array && hasRunnable(job))) {
      words.addAll(place(queue, job));
      words.addAll(troubles.get(queue, this::troubles));
    }
    return String.join("; ", words);
  }

  /** Of an array the parent is PENDING as long as its members wait or run. */
  private static boolean isArray(JobDetail job) {
    return job.arrayProperties() != null && !job.arrayProperties().statusSummary().isEmpty();
  }

  private static boolean hasRunnable(JobDetail array) {
    return array.arrayProperties().statusSummary().getOrDefault(JobStatus.RUNNABLE.toString(), 0)
        > 0;
  }

  private static String state(JobDetail job) {
    Long at = job.status() == JobStatus.RUNNING ? job.startedAt() : job.createdAt();
    // A job without dependencies is RUNNABLE as soon as it was looked at, seconds after it came.
    return at == null || at == 0
        ? job.statusAsString()
        : "%s since %s".formatted(job.statusAsString(), moment(at));
  }

  private List<String> place(String queue, JobDetail job) {
    Line line = lines.get(queue, this::line);
    if (!line.failure().isEmpty()) {
      return List.of("its place in the queue is not known: " + line.failure());
    }
    for (int i = 0; i < line.first().size(); i++) {
      FrontOfQueueJobSummary each = line.first().get(i);
      // Those of arrays are in line one by one.
      if (each.jobArn().equals(job.jobArn()) || each.jobArn().startsWith(job.jobArn() + ":")) {
        Long since = each.earliestTimeAtPosition();
        return List.of(
            "number %d of job queue '%s'%s"
                .formatted(
                    i + 1, queue, since == null || since == 0 ? "" : " since " + moment(since)));
      }
    }
    // With fewer than that, the job is newer than the picture of the queue.
    return line.first().size() < LINE_SHOWN
        ? List.of()
        : List.of("behind the first %d of job queue '%s'".formatted(LINE_SHOWN, queue));
  }

  private Line line(String queue) {
    try {
      var front = client.getJobQueueSnapshot(request -> request.jobQueue(queue)).frontOfQueue();
      return new Line(front == null ? List.of() : front.jobs(), "");
    } catch (SdkException e) {
      return new Line(List.of(), AwsTrouble.text(e));
    }
  }

  private List<String> troubles(String queue) {
    try {
      var found = client.describeJobQueues(request -> request.jobQueues(queue)).jobQueues();
      if (found.isEmpty()) {
        return List.of("there is no job queue '%s' any more".formatted(queue));
      }
      var troubles = new ArrayList<String>();
      var detail = found.getFirst();
      if (detail.state() != JQState.ENABLED || !"VALID".equals(detail.statusAsString())) {
        troubles.add(
            "job queue '%s' is %s and %s: %s"
                .formatted(
                    detail.jobQueueName(),
                    detail.stateAsString(),
                    detail.statusAsString(),
                    detail.statusReason()));
      }
      troubles.addAll(
          environments(
              detail.computeEnvironmentOrder().stream()
                  .map(ComputeEnvironmentOrder::computeEnvironment)
                  .toList()));
      return troubles;
    } catch (SdkException e) {
      return List.of("its compute environments cannot be looked at: " + AwsTrouble.text(e));
    }
  }

  private List<String> environments(List<String> names) {
    if (names.isEmpty()) {
      return List.of("the queue has no compute environment");
    }
    return client
        .describeComputeEnvironments(request -> request.computeEnvironments(names))
        .computeEnvironments()
        .stream()
        .filter(each -> !QueueCheck.isUsable(each))
        .map(each ->
            "compute environment '%s' is %s and %s: %s"
                .formatted(
                    each.computeEnvironmentName(),
                    each.stateAsString(),
                    each.statusAsString(),
                    each.statusReason()))
        .toList();
  }

  private static String moment(long epochMillis) {
    return Instant.ofEpochSecond(Math.floorDiv(epochMillis, 1000)).toString();
  }
}
