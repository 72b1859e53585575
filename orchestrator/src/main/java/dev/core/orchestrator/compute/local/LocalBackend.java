package dev.core.orchestrator.compute.local;

import dev.core.common.database.Database;
import dev.core.common.database.TransientFailure;
import dev.core.common.json.Json;
import dev.core.common.process.LiveProcess;
import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.LocalHost;
import dev.core.common.protocol.LocalJobRequest;
import dev.core.common.settings.Settings;
import dev.core.orchestrator.compute.ComputeBackend;
import dev.core.orchestrator.compute.JobReport;
import dev.core.orchestrator.compute.JobRequest;
import dev.core.orchestrator.compute.Submission;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jobs as rows, taken by a resident worker of this machine, which is started when it is needed and
 * none beats. A job's id is the id of its row. A worker whose process is gone, or which has not
 * beaten for ten seconds, has lost its jobs: they are reported as failed.
 *
 * <p>A job whose queue is {@link #ISOLATED} gets a process of its own.
 */
public final class LocalBackend implements ComputeBackend {

  private static final Logger LOGGER = LoggerFactory.getLogger(LocalBackend.class);

  /** The queue of jobs that run in threads of the resident worker. */
  public static final String RESIDENT = "resident";

  /** The queue of jobs that run in processes of their own. */
  public static final String ISOLATED = "isolated";

  /** Jobs that wait for each slot, so that a slot never waits for the leader. */
  private static final int QUEUED_FOR_SLOT = 4;

  private static final int LARGEST_BURST = 1000;
  private static final int IDS_IN_ONE_QUESTION = 500;

  private final LocalRows rows;
  private final GroupedInserts inserts;
  private final Path logs;
  private final int slots;
  private final String host;
  private final Caretaker caretaker;

  /**
   * @param logs folder of the jobs' logs
   * @param slots of the worker that would be started
   * @param nanos a monotonic clock
   */
  public LocalBackend(
      Database database, Path logs, int slots, WorkerProgram program, LongSupplier nanos) {
    this.host = LocalHost.name();
    this.rows = new LocalRows(database, host);
    this.inserts = new GroupedInserts(rows);
    this.logs = logs;
    this.slots = slots;
    this.caretaker = new Caretaker(rows, new WorkerStarter(program, nanos));
  }

  /** As the settings say, with {@code corebot} from the class path of this process. */
  public static LocalBackend of(Settings settings, Database database) {
    return new LocalBackend(
        database,
        settings.home().resolve("logs").resolve("jobs"),
        settings.localSlots(),
        WorkerProgram.of(settings),
        System::nanoTime);
  }

  @Override
  public String mode() {
    return "local";
  }

  @Override
  public Duration settleTime() {
    return Duration.ZERO;
  }

  @Override
  public int submissionBudget() {
    return LARGEST_BURST;
  }

  /** As many as keep the slots busy, so that the leader need not count rows. */
  @Override
  public int jobsAtOnce() {
    return slots * (1 + QUEUED_FOR_SLOT);
  }

  @Override
  public Submission submit(JobRequest request) {
    try {
      String id = request.partitions() == 1 ? insert(request) : insertArray(request);
      hasten(id);
      return new Submission.Accepted(id);
    } catch (RuntimeException e) {
      return TransientFailure.of(e)
          .map(kind -> answer(kind, e))
          .orElseGet(() ->
              new Submission.Refused(FailureClass.INFRASTRUCTURE, String.valueOf(e.getMessage())));
    }
  }

  private String insert(JobRequest request) {
    var order = order(request, request.name(), null);
    return String.valueOf(
        inserts.insert(
            new LocalRows.NewJob(
                request.name(),
                request.token(),
                request.firstIndex(),
                Json.write(order),
                null,
                null)));
  }

  /** All members in one commit: an array that is found by its name is complete. */
  private String insertArray(JobRequest request) {
    String array = "array-" + UUID.randomUUID();
    var members = new ArrayList<LocalRows.NewJob>();
    for (int index = 0; index < request.partitions(); index++) {
      var order =
          order(
              request, request.name() + "-" + (request.firstIndex() + index), array + ":" + index);
      members.add(
          new LocalRows.NewJob(
              request.name(),
              request.token(),
              request.firstIndex() + index,
              Json.write(order),
              array,
              index));
    }
    var _ = rows.insert(members);
    return array;
  }

  /** If there is no worker, the job waits until the next one is submitted or looked at. */
  private void hasten(String id) {
    try {
      caretaker.wake();
    } catch (RuntimeException e) {
      LOGGER.warn("local job {} is queued, but nobody looks after the workers", id, e);
    }
  }

  private static Submission answer(TransientFailure kind, RuntimeException e) {
    var message = String.valueOf(e.getMessage());
    return switch (kind) {
      case CONNECTION_LOST -> new Submission.Unknown(message);
      case TOO_MANY_CONNECTIONS, CONFLICT -> new Submission.Throttled(message);
    };
  }

  private LocalJobRequest order(JobRequest request, String log, @Nullable String jobId) {
    return new LocalJobRequest(
        request.queue().equals(ISOLATED),
        request.resources().memoryMib(),
        request.resources().timeoutSeconds(),
        request.labels(),
        logs.resolve(log + ".log").toString(),
        jobId);
  }

  @Override
  public Map<String, JobReport> describe(Collection<String> jobIds) {
    var reports = new HashMap<String, JobReport>();
    var ids = jobIds.stream().flatMap(id -> number(id).stream()).toList();
    for (int from = 0; from < ids.size(); from += IDS_IN_ONE_QUESTION) {
      var some = ids.subList(from, Math.min(ids.size(), from + IDS_IN_ONE_QUESTION));
      for (var job : asked(() -> rows.byId(some))) {
        var report = report(job);
        reports.put(report.jobId(), report);
      }
    }
    var arrays = jobIds.stream().filter(LocalBackend::isArray).toList();
    if (!arrays.isEmpty()) {
      arrays(arrays).forEach(report -> reports.put(report.jobId(), report));
    }
    if (reports.values().stream().anyMatch(report -> !report.status().ended())) {
      caretaker.wake();
    }
    return reports;
  }

  @Override
  public List<JobReport> findByName(String queue, String jobName) {
    var jobs = asked(() -> rows.byName(jobName));
    var found =
        new ArrayList<>(
            jobs.stream().filter(job -> job.arrayId() == null).map(this::report).toList());
    var arrays = jobs.stream().flatMap(job -> Stream.ofNullable(job.arrayId())).distinct().toList();
    if (!arrays.isEmpty()) {
      found.addAll(arrays(arrays));
      found.sort(Comparator.comparing(JobReport::createdAt).thenComparing(JobReport::jobId));
    }
    return found;
  }

  @Override
  public List<JobReport> failedMembers(String arrayId) {
    return asked(() -> rows.members(List.of(arrayId), "FAILED")).stream()
        .map(this::report)
        .toList();
  }

  /** Members whose workers are gone have failed. */
  private List<JobReport> arrays(List<String> ids) {
    asked(() -> rows.members(ids, "RUNNING")).forEach(this::report);
    return asked(() -> rows.arrays(ids)).stream().map(LocalReports::report).toList();
  }

  private static boolean isArray(String jobId) {
    return jobId.startsWith("array-") && jobId.indexOf(':') < 0;
  }

  @Override
  public void terminate(Collection<String> jobIds, String reason) {
    var ids = jobIds.stream().flatMap(id -> number(id).stream()).toList();
    for (int from = 0; from < ids.size(); from += IDS_IN_ONE_QUESTION) {
      var some = ids.subList(from, Math.min(ids.size(), from + IDS_IN_ONE_QUESTION));
      asking(() -> rows.terminate(some, reason));
    }
    var arrays = jobIds.stream().filter(LocalBackend::isArray).toList();
    if (!arrays.isEmpty()) {
      asking(() -> rows.terminateArrays(arrays, reason));
    }
  }

  @Override
  public LogPage logs(String jobId, @Nullable String cursor) {
    var jobs = asked(() -> find(jobId));
    if (jobs.isEmpty()) {
      return new LogPage(List.of(), cursor == null ? "0" : cursor);
    }
    var job = jobs.getFirst();
    var file = Json.read(job.request(), LocalJobRequest.class).logFile();
    try {
      return LocalLog.page(
          Path.of(java.util.Objects.requireNonNull(file)), cursor, report(job).status().ended());
    } catch (IOException e) {
      throw new BackendUnavailable("the log of local job " + jobId + " cannot be read", e);
    }
  }

  /**
   * Makes sure that there is a worker, without waiting for it; for those who will soon need one.
   */
  public void prepare() {
    caretaker.look();
  }

  private JobReport report(LocalRows.Job job) {
    var worker = job.workerHost();
    if (!job.isRunning() || worker == null) {
      return LocalReports.report(job);
    }
    boolean died = worker.equals(host) && !LiveProcess.isAlive(job.workerPid());
    if (!died && !Boolean.TRUE.equals(job.workerGone())) {
      return LocalReports.report(job);
    }
    var reason =
        "the worker that ran it, process %d on %s, %s"
            .formatted(job.workerPid(), worker, died ? "died" : "gave no sign of life");
    return asked(() -> {
      rows.lose(job, reason);
      return LocalReports.report(LocalReports.lost(job, reason));
    });
  }

  private List<LocalRows.Job> find(String jobId) {
    int colon = jobId.indexOf(':');
    if (colon > 0) {
      return number(jobId.substring(colon + 1)).stream()
          .flatMap(index -> rows.member(jobId.substring(0, colon), index.intValue()).stream())
          .toList();
    }
    var ids = number(jobId);
    return ids.isEmpty() ? List.of() : rows.byId(ids);
  }

  private static void asking(Runnable work) {
    boolean _ =
        asked(() -> {
          work.run();
          return true;
        });
  }

  private static List<Long> number(String jobId) {
    try {
      return List.of(Long.parseLong(jobId));
    } catch (NumberFormatException e) {
      // Of another backend: unknown here, as the port wants it.
      return List.of();
    }
  }

  private static <T> T asked(Supplier<T> question) {
    try {
      return question.get();
    } catch (RuntimeException e) {
      if (TransientFailure.of(e).isPresent()) {
        throw new BackendUnavailable("the database does not answer: " + e.getMessage(), e);
      }
      throw e;
    }
  }

  /** Workers go on: they end by themselves when there is nothing to do. */
  @Override
  public void close() {
    caretaker.close();
  }
}
