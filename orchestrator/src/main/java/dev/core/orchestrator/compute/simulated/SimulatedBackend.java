package dev.core.orchestrator.compute.simulated;

import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.WorkerProtocol;
import dev.core.common.settings.ClaimSettings;
import dev.core.orchestrator.compute.ComputeBackend;
import dev.core.orchestrator.compute.JobReport;
import dev.core.orchestrator.compute.JobReport.Status;
import dev.core.orchestrator.compute.JobRequest;
import dev.core.orchestrator.compute.Submission;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Jobs as plans on a {@link Timeline}: nothing happens to them until it is advanced. Each starts
 * after the time that the {@link Scenario} says, claims and reports through the real protocol, and
 * ends as the scenario says. The same calls at the same virtual times give the same history.
 *
 * <p>For one thread, unlike other backends; {@link PacedBackend} makes one for many of it. Its jobs
 * end with the process: one that another process simulated is reported as lost.
 */
public final class SimulatedBackend implements ComputeBackend {

  public static final String MODE = "simulated";

  private static final Pattern JOB_ID = Pattern.compile("simulated-[A-Za-z0-9]+-\\d+(:\\d+)?");

  /** Ended jobs of which something can still be told. */
  private static final int REMEMBERED = 50_000;

  private final Timeline timeline;
  private final Scenario scenario;
  private final WorkerProtocol protocol;
  private final ClaimSettings claims;
  private final Terms terms;
  private final Map<String, SimulatedJob> jobs = new LinkedHashMap<>();
  private final Map<String, List<SimulatedJob>> byName = new LinkedHashMap<>();
  private final Map<String, SimulatedArray> arrays = new LinkedHashMap<>();
  private final Deque<SimulatedJob> oldest = new ArrayDeque<>();
  private long submitted;

  /**
   * What the backend promises.
   *
   * @param process unlike that of any other process whose jobs stand in the same database; letters
   *     and digits
   * @param settleTime declared only: a job is seen as soon as it is submitted
   * @param submissionBudget how many submissions may be sent at a time
   */
  public record Terms(String process, Duration settleTime, int submissionBudget) {}

  /**
   * @param claims in virtual time
   */
  public SimulatedBackend(
      Timeline timeline,
      Scenario scenario,
      WorkerProtocol protocol,
      ClaimSettings claims,
      Terms terms) {
    this.timeline = timeline;
    this.scenario = scenario;
    this.protocol = protocol;
    this.claims = claims;
    this.terms = terms;
  }

  @Override
  public String mode() {
    return MODE;
  }

  @Override
  public Duration settleTime() {
    return terms.settleTime();
  }

  @Override
  public int submissionBudget() {
    return terms.submissionBudget();
  }

  @Override
  public Submission submit(JobRequest request) {
    var id = "simulated-%s-%d".formatted(terms.process(), ++submitted);
    if (request.partitions() == 1) {
      var job = queued(id, request, request.firstIndex());
      byName.computeIfAbsent(request.name(), _ -> new ArrayList<>()).add(job);
      return new Submission.Accepted(id);
    }
    var members = new ArrayList<SimulatedJob>();
    for (int place = 0; place < request.partitions(); place++) {
      int index = request.firstIndex() + place;
      members.add(queued(id + ":" + place, ofMember(request, index), index));
    }
    arrays.put(id, new SimulatedArray(id, request, timeline.now(), members));
    return new Submission.Accepted(id);
  }

  private SimulatedJob queued(String id, JobRequest request, int index) {
    var job = new SimulatedJob(id, request, index, timeline.now());
    forgetOldest();
    jobs.put(id, job);
    oldest.add(job);
    job.plans(timeline.in(scenario.waits(request), () -> start(job)));
    return job;
  }

  /** Labelled, so that a scenario can tell it from the others. */
  private static JobRequest ofMember(JobRequest request, int index) {
    var labels = new TreeMap<>(request.labels());
    labels.put("index", String.valueOf(index));
    return new JobRequest(
        request.name(),
        request.token(),
        request.queue(),
        request.definitionRevision(),
        request.resources(),
        1,
        index,
        request.priority(),
        labels);
  }

  private void start(SimulatedJob job) {
    new SimulatedWorker(job, timeline, scenario, protocol, claims).start();
  }

  /** As long as the oldest has ended: what lives is never forgotten. */
  private void forgetOldest() {
    while (oldest.size() >= REMEMBERED && oldest.getFirst().status().ended()) {
      forget(oldest.removeFirst());
    }
  }

  private void forget(SimulatedJob job) {
    jobs.remove(job.id);
    // An array without all of its members could tell nothing true.
    int colon = job.id.indexOf(':');
    arrays.remove(colon < 0 ? job.id : job.id.substring(0, colon));
    byName.computeIfPresent(
        job.request.name(),
        (_, same) -> {
          same.remove(job);
          return same.isEmpty() ? null : same;
        });
  }

  @Override
  public Map<String, JobReport> describe(Collection<String> jobIds) {
    var reports = new LinkedHashMap<String, JobReport>();
    for (var id : jobIds) {
      var job = jobs.get(id);
      var array = arrays.get(id);
      if (job != null) {
        reports.put(id, job.report());
      } else if (array != null) {
        reports.put(id, array.report());
      } else if (isOfAnotherProcess(id)) {
        reports.put(id, lost(id));
      }
    }
    return reports;
  }

  private boolean isOfAnotherProcess(String jobId) {
    return JOB_ID.matcher(jobId).matches()
        && !jobId.startsWith("simulated-" + terms.process() + "-");
  }

  private JobReport lost(String jobId) {
    return new JobReport(
        jobId,
        jobId,
        Status.FAILED,
        timeline.now(),
        null,
        "the process that simulated it has ended, or leads no more",
        FailureClass.INFRASTRUCTURE);
  }

  @Override
  public List<JobReport> findByName(String queue, String jobName) {
    var plain = byName.getOrDefault(jobName, List.of()).stream().map(SimulatedJob::report);
    var ofMany =
        arrays.values().stream()
            .filter(array -> array.request().name().equals(jobName))
            .map(SimulatedArray::report);
    return Stream.concat(plain, ofMany).toList();
  }

  @Override
  public List<JobReport> failedMembers(String arrayId) {
    var array = arrays.get(arrayId);
    return array == null
        ? List.of()
        : array.members().stream()
            .map(SimulatedJob::report)
            .filter(member -> member.status() == Status.FAILED)
            .toList();
  }

  /** What runs is told to stop at once, but only when the timeline is advanced. */
  @Override
  public void terminate(Collection<String> jobIds, String reason) {
    for (var id : jobIds) {
      var array = arrays.get(id);
      if (array != null) {
        terminate(array.members().stream().map(member -> member.id).toList(), reason);
      }
      var job = jobs.get(id);
      if (job == null) {
        continue;
      }
      switch (job.status()) {
        case PENDING -> job.ended(null, reason, FailureClass.INFRASTRUCTURE);
        case RUNNING -> timeline.in(Duration.ZERO, job::stop);
        case SUCCEEDED, FAILED -> {}
      }
    }
  }

  /** The host of a job is lost: the job ends without a word. Nothing happens to one that ended. */
  public void lose(String jobId, String reason) {
    var job = jobs.get(jobId);
    if (job != null && !job.status().ended()) {
      job.ended(null, reason, FailureClass.INFRASTRUCTURE);
    }
  }

  /** The backend knows a job no more, as if it had never been; what it does, it does not stop. */
  public void forget(String jobId) {
    var job = jobs.get(jobId);
    if (job != null) {
      boolean _ = oldest.remove(job);
      forget(job);
    }
  }

  @Override
  public LogPage logs(String jobId, @Nullable String cursor) {
    var job = jobs.get(jobId);
    int from = cursor == null ? 0 : Integer.parseInt(cursor);
    var lines = job == null ? List.<String>of() : job.log;
    var page = lines.subList(Math.min(from, lines.size()), lines.size());
    return new LogPage(page, String.valueOf(from + page.size()));
  }

  /** Its jobs stay as they are: nobody advances the timeline for them any more. */
  @Override
  public void close() {}
}
