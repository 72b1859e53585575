package dev.core.orchestrator.simulation;

import dev.core.orchestrator.compute.JobReport;
import dev.core.orchestrator.compute.JobRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where jobs are, as they truly are: what the cluster says of them may be old, and jobs disappear,
 * start late, run twice.
 */
final class Cluster {

  /** How long a job may stay invisible, as the backend declares it. */
  static final Duration SETTLE = Duration.ofSeconds(60);

  /**
   * A call may be on its way for as long as its leader has its lease: so much earlier than the
   * settle time the next submission may be made without anybody being wrong.
   */
  private static final long EARLY = OrchestratorLife.LEASE.toMillis() * 1_000 + 1_000_000;

  private static final int BURST = 12;

  private final Simulation simulation;
  private final Timeline time;
  private final Chance chance;
  private final Faults faults;
  private final JobEvents events;
  private final StateQueue stateQueue;
  private final Map<String, SimulatedJob> jobs = new LinkedHashMap<>();
  private final Map<String, List<SimulatedJob>> byName = new HashMap<>();
  private final Map<String, SimulatedArray> arrays = new LinkedHashMap<>();

  /** How many jobs or arrays of a name there have been. */
  private final Map<String, Integer> submitted = new HashMap<>();

  /** When each name was last asked for, unless there certainly was no job. */
  private final Map<String, Long> askedAt = new HashMap<>();

  Cluster(Simulation simulation) {
    this.simulation = simulation;
    this.time = simulation.time();
    this.chance = simulation.chance();
    this.faults = simulation.faults();
    this.events = new JobEvents(simulation);
    this.stateQueue = new StateQueue(time);
    if (simulation.scenario().inCloud()) {
      events.add(stateQueue::send);
    }
  }

  JobEvents events() {
    return events;
  }

  /** Of AWS, if it is there. */
  StateQueue stateQueue() {
    return stateQueue;
  }

  int submissionBudget() {
    return BURST;
  }

  /** An orchestrator sends a submission now. */
  void asked(Life by, JobRequest request) {
    String place = RemoteBackend.shortName(request.name());
    if (!simulation.laws().rows().intended(request.name(), request.token())) {
      throw new Violation(
          Law.ASKED_FOR_ONCE, by.name() + " asks for " + place + ", which is not journalled");
    }
    Long before = askedAt.put(request.name(), time.micros());
    if (before != null && time.micros() - before < SETTLE.toMillis() * 1_000 - EARLY) {
      throw new Violation(
          Law.ASKED_FOR_ONCE,
          "%s asks for %s again after %d ms"
              .formatted(by.name(), place, (time.micros() - before) / 1_000));
    }
  }

  /** The answer says that there is no job. */
  void certainlyNone(JobRequest request) {
    askedAt.remove(request.name());
  }

  /** A request that arrives when nobody waits for its answer any more. */
  void submitLater(JobRequest request, long micros) {
    time.after(
        micros,
        () -> {
          String _ = submit(request);
        });
  }

  String submit(JobRequest request) {
    String place = RemoteBackend.shortName(request.name());
    int before = submitted.merge(request.name(), 1, Integer::sum) - 1;
    String id = place.replace('-', '.') + "." + (char) ('a' + before);
    if (request.partitions() > 1) {
      return submitArray(id, request, place);
    }
    var job = new SimulatedJob(simulation, id, request);
    jobs.put(id, job);
    byName.computeIfAbsent(request.name(), _ -> new ArrayList<>()).add(job);
    if (faults.strikes(FaultKind.LOOK_UP_LAGS, place)) {
      job.invisibleFor(chance.micros(1_000, SETTLE.toMillis() - 1_000, "lag"));
    }
    boolean late = faults.strikes(FaultKind.STARTED_LATE, place);
    time.after(
        late ? chance.micros(20_000, 900_000, "start") : chance.micros(100, 4_000, "start"),
        job::start);
    if (faults.strikes(FaultKind.JOB_VANISHES, place)) {
      time.after(chance.micros(100, 60_000, "vanish"), job::vanish);
    }
    return id;
  }

  private String submitArray(String id, JobRequest request, String place) {
    var array = new SimulatedArray(simulation, id, request);
    arrays.put(id, array);
    if (faults.strikes(FaultKind.LOOK_UP_LAGS, place)) {
      array.invisibleFor(chance.micros(1_000, SETTLE.toMillis() - 1_000, "lag"));
    }
    for (SimulatedJob member : array.members()) {
      jobs.put(member.id(), member);
      boolean late = faults.strikes(FaultKind.STARTED_LATE, member.place());
      time.after(
          late ? chance.micros(20_000, 900_000, "start") : chance.micros(100, 4_000, "start"),
          member::start);
    }
    return id;
  }

  List<JobReport> failedMembers(String arrayId) {
    SimulatedArray array = arrays.get(arrayId);
    return array == null ? List.of() : array.failed();
  }

  /** Those of an array; of any other job, itself. */
  List<SimulatedJob> members(String jobId) {
    SimulatedArray array = arrays.get(jobId);
    SimulatedJob job = jobs.get(jobId);
    return array != null ? array.members() : job == null ? List.of() : List.of(job);
  }

  @Nullable JobReport report(String jobId) {
    SimulatedArray array = arrays.get(jobId);
    if (array != null) {
      return array.report(
          faults.strikes(FaultKind.REPORTED_LATE, jobId)
              ? chance.micros(1_000, 50_000, "report")
              : 0);
    }
    SimulatedJob job = jobs.get(jobId);
    if (job == null) {
      return null;
    }
    boolean late = faults.strikes(FaultKind.REPORTED_LATE, jobId);
    return job.report(late ? chance.micros(1_000, 50_000, "report") : 0);
  }

  List<JobReport> named(String name) {
    var found = new ArrayList<JobReport>();
    for (SimulatedJob job : byName.getOrDefault(name, List.of())) {
      JobReport report = job.report(0);
      if (report != null) {
        found.add(report);
      }
    }
    for (SimulatedArray array : arrays.values()) {
      JobReport report = array.request().name().equals(name) ? array.report(0) : null;
      if (report != null) {
        found.add(report);
      }
    }
    return found;
  }

  void terminate(String jobId, String reason) {
    SimulatedArray array = arrays.get(jobId);
    if (array != null) {
      array.members().forEach(member -> member.terminate(reason));
    }
    SimulatedJob job = jobs.get(jobId);
    if (job != null) {
      job.terminate(reason);
    }
  }

  @Nullable SimulatedJob job(String jobId) {
    return jobs.get(jobId);
  }

  Collection<SimulatedJob> jobs() {
    return jobs.values();
  }
}
