package dev.core.orchestrator.compute.cloud;

import dev.core.common.definition.Resources;
import dev.core.common.settings.Mode;
import dev.core.orchestrator.compute.ComputeBackend;
import dev.core.orchestrator.compute.JobReport;
import dev.core.orchestrator.compute.JobRequest;
import dev.core.orchestrator.compute.Submission;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.batch.model.JobStatus;
import software.amazon.awssdk.services.batch.model.KeyValuesPair;

/** Jobs of AWS Batch. Thread-safe. */
public final class CloudBackend implements ComputeBackend {

  /** Of DescribeJobs. */
  private static final int IDS_AT_ONCE = 100;

  /** With events, looking is a safety net; without, what a failure may stay unseen. */
  private static final Duration LOOK_WITH_EVENTS = Duration.ofSeconds(60);

  /**
   * A reader takes ten events in two calls, so about 200 a second: as many as come of 50 jobs a
   * second when each changes its state four times. They come in any order anyway.
   */
  private static final int EVENT_READERS = 4;

  private static final Duration LOOK_AT_LEAST = Duration.ofSeconds(5);
  private static final Duration LOOK_AT_MOST = Duration.ofSeconds(60);

  /** DescribeJobs calls a second that looking may take on average. */
  private static final int DESCRIBES_PER_SECOND = 5;

  private final CloudOptions options;
  private final AwsClients clients;
  private final ExecutorService threads;
  private final SubmissionRate rate;
  private final JobDefinitions definitions;
  private final JobQueues queues;
  private final JobSubmission submission;
  private final JobEndings endings;
  private final Standings standings;
  private final JobLogs logs;

  private CloudBackend(CloudOptions options, AwsClients clients, CloudMeans means) {
    this.options = options;
    this.clients = clients;
    this.threads = means.threads();
    this.rate = new SubmissionRate(options.submitRate(), means);
    this.definitions =
        new JobDefinitions(clients.batch(), options.definition(), threads, means.nanos());
    this.queues = new JobQueues(clients.batch(), threads);
    queues.refresh(options.queue());
    this.submission = new JobSubmission(clients.submit(), rate, queues, definitions);
    this.endings = new JobEndings(clients.batch(), threads);
    this.standings = new Standings(clients.batch(), means.nanos());
    this.logs = new JobLogs(clients.batch(), clients.logs(), definitions, means.nanos());
  }

  /**
   * Region, credentials and endpoints are found as the AWS SDK finds them.
   *
   * @throws WrongAccount if the credentials are those of another account than the options name
   * @throws BackendUnavailable if an account is named and AWS does not say whose credentials these
   *     are
   */
  public static CloudBackend open(CloudOptions options) {
    return open(options, AwsClients.open(_ -> {}));
  }

  static CloudBackend open(CloudOptions options, AwsClients clients) {
    return open(options, clients, CloudMeans.ofProcess());
  }

  static CloudBackend open(CloudOptions options, AwsClients clients, CloudMeans means) {
    try {
      AccountGuard.check(clients.identity(), options.account());
      return new CloudBackend(options, clients, means);
    } catch (RuntimeException e) {
      clients.close();
      throw e;
    }
  }

  @Override
  public String mode() {
    return Mode.CLOUD.text();
  }

  @Override
  public Duration settleTime() {
    return options.settleTime();
  }

  @Override
  public Target target(Resources resources) {
    String named = resources.jobQueue();
    String queue = named == null ? options.queue() : named;
    // Of a queue that does not exist, Batch says so when the job is submitted.
    Platform platform = queues.recall(queue).flatMap(JobQueues.Known::platform).orElse(null);
    return new Target(queue, definitions.revision(resources.image(), platform));
  }

  @Override
  public int submissionBudget() {
    return rate.available();
  }

  @Override
  public Submission submit(JobRequest request) {
    return submission.submit(request);
  }

  @Override
  public Map<String, JobReport> describe(Collection<String> jobIds) {
    var ids = List.copyOf(jobIds);
    var reports = new HashMap<String, JobReport>();
    for (int from = 0; from < ids.size(); from += IDS_AT_ONCE) {
      var some = ids.subList(from, Math.min(ids.size(), from + IDS_AT_ONCE));
      asking(() -> clients.batch().describeJobs(request -> request.jobs(some)))
          .jobs()
          .forEach(job -> reports.put(job.jobId(), JobReports.of(job)));
    }
    return reports;
  }

  /** Page by page; the others of the array are not asked about. */
  @Override
  public List<JobReport> failedMembers(String arrayId) {
    return asking(() ->
        clients
            .batch()
            .listJobsPaginator(request -> request.arrayJobId(arrayId).jobStatus(JobStatus.FAILED))
            .jobSummaryList()
            .stream()
            .map(JobReports::of)
            .toList());
  }

  /** The filter ignores case and finds beginnings of names, so what is found is compared again. */
  @Override
  public List<JobReport> findByName(String queue, String jobName) {
    var filter = KeyValuesPair.builder().name("JOB_NAME").values(jobName).build();
    return asking(() ->
            clients
                .batch()
                .listJobsPaginator(request -> request.jobQueue(queue).filters(filter))
                .jobSummaryList()
                .stream()
                .filter(job -> jobName.equals(job.jobName()))
                .map(JobReports::of)
                .toList())
        .stream()
        .sorted(Comparator.comparing(JobReport::createdAt).thenComparing(JobReport::jobId))
        .toList();
  }

  @Override
  public Map<String, String> standing(String queue, Collection<String> jobIds) {
    return asking(() -> standings.of(queue, jobIds));
  }

  @Override
  public Duration lookEvery(int liveJobs) {
    if (options.eventsQueue() != null) {
      return LOOK_WITH_EVENTS;
    }
    int calls = (liveJobs + IDS_AT_ONCE - 1) / IDS_AT_ONCE;
    Duration wanted = Duration.ofSeconds(calls / DESCRIBES_PER_SECOND);
    return wanted.compareTo(LOOK_AT_LEAST) < 0
        ? LOOK_AT_LEAST
        : wanted.compareTo(LOOK_AT_MOST) > 0 ? LOOK_AT_MOST : wanted;
  }

  @Override
  public Subscription subscribe(Consumer<JobReport> listener) {
    String queue = options.eventsQueue();
    if (queue == null) {
      return () -> {};
    }
    var readers =
        Stream.generate(() -> new StateChanges(clients.queues(), queue, listener))
            .limit(EVENT_READERS)
            .toList();
    readers.forEach(threads::execute);
    return () -> readers.forEach(StateChanges::close);
  }

  @Override
  public void terminate(Collection<String> jobIds, String reason) {
    endings.end(jobIds, reason);
  }

  @Override
  public LogPage logs(String jobId, @Nullable String cursor) {
    return asking(() -> logs.page(jobId, cursor));
  }

  @Override
  public Duration logLag() {
    return JobLogs.LAG;
  }

  private static <T> T asking(Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw AwsTrouble.unavailable(e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    clients.close();
  }
}
