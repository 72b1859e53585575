package dev.core.orchestrator.engine.loop;

import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.WorkOrder;
import dev.core.common.protocol.WorkerProtocol;
import dev.core.orchestrator.compute.ComputeBackend;
import dev.core.orchestrator.compute.JobReport;
import dev.core.orchestrator.compute.JobRequest;
import dev.core.orchestrator.compute.Submission;
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
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Jobs as threads of this process, which claim, do as the script says, and write their outcome
 * through the worker protocol, as real workers do. Every claim that was granted is counted.
 */
final class ScriptedBackend implements ComputeBackend {

  /** What a job does after its claim; null: it dies without a word. */
  interface Script extends Function<WorkOrder, @Nullable Outcome> {}

  /** What a submission answers and does. */
  enum Answer {
    ACCEPT,
    /** There is a job, and no answer comes. */
    LOSE_REPLY,
    /** There is no job, and no answer comes. */
    LOSE_REQUEST,
    THROTTLE
  }

  final Map<String, List<String>> grantedByTask = new ConcurrentHashMap<>();
  final List<String> submissions = new ArrayList<>();
  volatile Script script = _ -> Outcome.success(null, List.of());

  /** What a job of a task that is split does; by the partition. */
  volatile BiFunction<WorkOrder, Integer, @Nullable Outcome> partitionScript =
      (order, _) -> script.apply(order);

  /** How many jobs were asked for at once, of each submission. */
  final List<Integer> sizes = new ArrayList<>();

  volatile Function<JobRequest, Answer> answers = _ -> Answer.ACCEPT;

  /** Whether it can be asked for jobs. */
  volatile boolean reachable = true;

  /** Whether jobs start that are submitted. */
  volatile boolean starts = true;

  /** How long after a look at jobs the next one is due. */
  volatile Duration betweenLooks = Duration.ZERO;

  /** Counted down when the first look at jobs has seen them. */
  final CountDownLatch looked = new CountDownLatch(1);

  private final Set<Consumer<JobReport>> listeners = ConcurrentHashMap.newKeySet();

  /** How many it takes at once. */
  volatile int budget = 64;

  /** Whether jobs end when they are asked to. */
  volatile boolean terminates = true;

  private final WorkerProtocol protocol;
  private final AtomicLong ids = new AtomicLong();
  private final Map<String, JobReport> jobs = new ConcurrentHashMap<>();
  private final Map<String, JobRequest> arrays = new ConcurrentHashMap<>();

  /** Ids that members of arrays were asked about with. */
  final List<String> listed = new ArrayList<>();

  /** Threads that are in their scripts, by job; guards {@link #ended} too. */
  private final Map<String, Thread> scripts = new HashMap<>();

  private final Set<String> ended = new HashSet<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  ScriptedBackend(WorkerProtocol protocol) {
    this.protocol = protocol;
  }

  @Override
  public String mode() {
    return "scripted";
  }

  @Override
  public Duration settleTime() {
    return Duration.ZERO;
  }

  @Override
  public int submissionBudget() {
    return budget;
  }

  @Override
  public Submission submit(JobRequest request) {
    synchronized (submissions) {
      submissions.add(request.name());
      sizes.add(request.partitions());
    }
    return switch (answers.apply(request)) {
      case ACCEPT -> new Submission.Accepted(start(request));
      case LOSE_REPLY -> {
        String _ = start(request);
        yield new Submission.Unknown("the reply was lost");
      }
      case LOSE_REQUEST -> new Submission.Unknown("the request was lost");
      case THROTTLE -> new Submission.Throttled("too many requests");
    };
  }

  private String start(JobRequest request) {
    String id = "job-" + ids.incrementAndGet();
    if (request.partitions() > 1) {
      for (int i = 0; i < request.partitions(); i++) {
        start(id + ":" + i, request, request.firstIndex() + i);
      }
      arrays.put(id, request);
    } else {
      start(id, request, request.firstIndex());
    }
    return id;
  }

  private void start(String id, JobRequest request, int index) {
    put(id, request.name(), JobReport.Status.PENDING, null);
    if (starts) {
      threads.execute(() -> run(id, request, index));
    }
  }

  private void run(String id, JobRequest request, int index) {
    try {
      work(id, request, index);
    } catch (JdbiException _) {
      // The database is gone: the worker dies without a word.
      put(id, request.name(), JobReport.Status.FAILED, 137);
    }
  }

  private void work(String id, JobRequest request, int index) {
    String claimant = UUID.randomUUID().toString();
    WorkOrder order = protocol.claim(request.token(), index, id, claimant);
    if (order == null) {
      put(id, request.name(), JobReport.Status.FAILED, 20);
      return;
    }
    put(id, request.name(), JobReport.Status.RUNNING, null);
    grantedByTask
        .computeIfAbsent(
            order.taskKey()
                + "#"
                + order.attempt()
                + (order.partitions() == 1 ? "" : "#" + order.partition(index)),
            _ -> new ArrayList<>())
        .add(claimant);
    Outcome outcome = scripted(id, order, index);
    boolean finished =
        outcome != null && protocol.finish(request.token(), index, claimant, outcome);
    put(
        id,
        request.name(),
        finished ? JobReport.Status.SUCCEEDED : JobReport.Status.FAILED,
        finished ? 0 : 137);
  }

  /**
   * Jobs are ended only here: an interrupt would break the connection that a claim or an outcome is
   * being committed on, and nobody could say whether it was.
   */
  private @Nullable Outcome scripted(String id, WorkOrder order, int index) {
    synchronized (scripts) {
      if (ended.contains(id)) {
        return null;
      }
      scripts.put(id, Thread.currentThread());
    }
    try {
      return order.partitions() == 1
          ? script.apply(order)
          : partitionScript.apply(order, order.partition(index));
    } finally {
      synchronized (scripts) {
        scripts.remove(id);
        boolean _ = Thread.interrupted();
      }
    }
  }

  private void end(String id) {
    synchronized (scripts) {
      ended.add(id);
      Thread thread = scripts.get(id);
      if (thread != null) {
        thread.interrupt();
      }
    }
  }

  private void put(String id, String name, JobReport.Status status, @Nullable Integer exitCode) {
    var report = new JobReport(id, name, status, Instant.EPOCH, exitCode, null, null);
    jobs.put(id, report);
    listeners.forEach(listener -> listener.accept(report));
  }

  @Override
  public Subscription subscribe(Consumer<JobReport> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** How many leaders are told of jobs. */
  int told() {
    return listeners.size();
  }

  @Override
  public Duration lookEvery(int liveJobs) {
    return betweenLooks;
  }

  @Override
  public Map<String, JobReport> describe(Collection<String> jobIds) {
    requireReachable();
    var known = new HashMap<String, JobReport>();
    jobIds.forEach(id -> {
      JobReport report = arrays.containsKey(id) ? array(id) : jobs.get(id);
      if (report != null) {
        known.put(id, report);
      }
    });
    looked.countDown();
    return known;
  }

  private JobReport array(String id) {
    JobRequest request = Objects.requireNonNull(arrays.get(id));
    int[] counts = new int[JobReport.Status.values().length];
    members(id, request).forEach(member -> counts[member.status().ordinal()]++);
    return JobReport.ofArray(
        id,
        request.name(),
        Instant.EPOCH,
        new JobReport.Members(counts[0], counts[1], counts[2], counts[3]),
        "members failed");
  }

  private Stream<JobReport> members(String id, JobRequest request) {
    return IntStream.range(0, request.partitions())
        .mapToObj(i -> Objects.requireNonNull(jobs.get(id + ":" + i)));
  }

  @Override
  public List<JobReport> failedMembers(String arrayId) {
    requireReachable();
    synchronized (listed) {
      listed.add(arrayId);
    }
    return members(arrayId, Objects.requireNonNull(arrays.get(arrayId)))
        .filter(member -> member.status() == JobReport.Status.FAILED)
        .toList();
  }

  @Override
  public List<JobReport> findByName(String queue, String jobName) {
    requireReachable();
    var found =
        new ArrayList<>(
            jobs.values().stream()
                .filter(job -> job.name().equals(jobName) && job.jobId().indexOf(':') < 0)
                .toList());
    arrays.forEach((id, request) -> {
      if (request.name().equals(jobName)) {
        found.add(array(id));
      }
    });
    return found;
  }

  @Override
  public void terminate(Collection<String> jobIds, String reason) {
    if (terminates) {
      jobIds.forEach(id -> {
        JobRequest array = arrays.get(id);
        if (array == null) {
          end(id);
        } else {
          members(id, array).forEach(member -> end(member.jobId()));
        }
      });
    }
  }

  private void requireReachable() {
    if (!reachable) {
      throw new BackendUnavailable("no route to host", null);
    }
  }

  @Override
  public LogPage logs(String jobId, @Nullable String cursor) {
    return new LogPage(List.of(), "end");
  }

  @Override
  public void close() {
    jobs.keySet().forEach(this::end);
    threads.close();
  }
}
