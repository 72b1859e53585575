package dev.core.orchestrator.simulation;

import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.WorkerExit;
import dev.core.orchestrator.compute.JobReport;
import dev.core.orchestrator.compute.JobReport.Status;
import dev.core.orchestrator.compute.JobRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A job as it truly is, with its past, for those who are told of it late. */
final class SimulatedJob {

  /** From the signal to the kill. */
  private static final long GRACE = 30_000_000;

  private record Moment(
      long at, Status status, @Nullable Integer exitCode, @Nullable String reason) {}

  private final Simulation simulation;
  private final Timeline time;
  private final String id;
  private final JobRequest request;
  private final List<Moment> past = new ArrayList<>();
  private final List<WorkerLife> processes = new ArrayList<>();
  private long visibleAt;
  private boolean vanished;

  SimulatedJob(Simulation simulation, String id, JobRequest request) {
    this.simulation = simulation;
    this.time = simulation.time();
    this.id = id;
    this.request = request;
    this.visibleAt = time.micros();
    become(Status.PENDING, null, null);
  }

  private void become(Status status, @Nullable Integer exitCode, @Nullable String reason) {
    var moment = new Moment(time.micros(), status, exitCode, reason);
    past.add(moment);
    simulation.cluster().events().changed(told(moment));
  }

  String id() {
    return id;
  }

  JobRequest request() {
    return request;
  }

  /** Where its faults strike: of a member of an array, a place of its own. */
  String place() {
    String place = RemoteBackend.shortName(request.name());
    return id.indexOf(':') < 0 ? place : place + id.substring(id.indexOf(':'));
  }

  boolean live() {
    return !vanished && !past.getLast().status().ended();
  }

  /** Since when it has not been live. */
  long endedAt() {
    return past.getLast().at();
  }

  boolean hasProcess() {
    return processes.stream().anyMatch(Life::alive);
  }

  void invisibleFor(long micros) {
    visibleAt = time.micros() + micros;
  }

  void start() {
    if (past.getLast().status() != Status.PENDING || vanished) {
      return;
    }
    become(Status.RUNNING, null, null);
    simulation.trace().line("cluster", () -> "starts " + id);
    startProcess();
    String place = place();
    if (simulation.faults().strikes(FaultKind.JOB_RUNS_TWICE, place)) {
      time.after(simulation.chance().micros(0, 40_000, "twice"), this::startProcess);
    }
    if (simulation.faults().strikes(FaultKind.HOST_RECLAIMED, place)) {
      time.after(
          simulation.chance().micros(100, 60_000, "reclaim"),
          () -> kill("Host EC2 (instance i-0) terminated."));
    }
  }

  private void startProcess() {
    if (live()) {
      processes.add(new WorkerLife(simulation, this, id + processes.size()));
    }
  }

  /** A process of it has ended; the job has with its last one. */
  void exited(int code) {
    if (live() && !hasProcess()) {
      end(code == 0 ? Status.SUCCEEDED : Status.FAILED, code, null);
    }
  }

  private void end(Status status, @Nullable Integer code, @Nullable String reason) {
    become(status, code, reason);
    simulation.trace().line("cluster", () -> id + " " + status + " " + code);
  }

  private void kill(String reason) {
    if (live()) {
      List.copyOf(processes).forEach(Life::die);
      end(Status.FAILED, null, reason);
    }
  }

  void vanish() {
    if (live()) {
      simulation.trace().line("cluster", () -> id + " vanishes");
      List.copyOf(processes).forEach(Life::die);
      past.add(new Moment(time.micros(), Status.FAILED, null, "vanished"));
      vanished = true;
    }
  }

  void terminate(String reason) {
    if (!live()) {
      return;
    }
    simulation.trace().line("cluster", () -> "ends " + id + ": " + reason);
    if (past.getLast().status() == Status.PENDING) {
      end(Status.FAILED, null, reason);
    } else {
      List.copyOf(processes).forEach(WorkerLife::signal);
      time.after(GRACE, () -> kill(reason));
    }
  }

  /** What is said of it, as it was a while ago; null: it is not known. */
  @Nullable JobReport report(long micros) {
    long at = time.micros() - micros;
    if (vanished || time.micros() < visibleAt) {
      return null;
    }
    Moment said = past.getFirst();
    for (Moment each : past) {
      if (each.at() <= at) {
        said = each;
      }
    }
    return told(said);
  }

  private JobReport told(Moment said) {
    return new JobReport(
        id,
        request.name(),
        said.status(),
        simulation.skewed("cluster", past.getFirst().at()),
        said.exitCode(),
        said.reason(),
        said.status() == Status.FAILED ? failureClass(said.exitCode()) : null);
  }

  private static FailureClass failureClass(@Nullable Integer exitCode) {
    for (FailureClass each : FailureClass.values()) {
      if (exitCode != null && WorkerExit.of(each).code() == exitCode) {
        return each;
      }
    }
    return FailureClass.INFRASTRUCTURE;
  }
}
