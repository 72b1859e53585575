package dev.core.orchestrator.compute.simulated;

import dev.core.common.protocol.FailureClass;
import dev.core.orchestrator.compute.JobReport;
import dev.core.orchestrator.compute.JobReport.Status;
import dev.core.orchestrator.compute.JobRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One job and what is known of it. For one thread. */
final class SimulatedJob {

  final String id;
  final JobRequest request;

  /** Of the claim that it takes. */
  final int index;

  final Instant createdAt;
  final List<String> log = new ArrayList<>();
  private Status status = Status.PENDING;
  private Runnable stop = () -> {};
  private @Nullable Integer exitCode;
  private @Nullable String reason;
  private @Nullable FailureClass failureClass;

  /** What it will do by itself. */
  private final List<Timeline.Planned> plans = new ArrayList<>();

  SimulatedJob(String id, JobRequest request, int index, Instant createdAt) {
    this.id = id;
    this.index = index;
    this.request = request;
    this.createdAt = createdAt;
  }

  Status status() {
    return status;
  }

  /** What being told to stop does while it runs. */
  void started(Runnable whenToldToStop) {
    status = Status.RUNNING;
    stop = whenToldToStop;
  }

  void stop() {
    if (status == Status.RUNNING) {
      stop.run();
    }
  }

  void plans(Timeline.Planned plan) {
    plans.add(plan);
  }

  /** Nothing that it had planned happens. */
  void dropPlans() {
    plans.forEach(Timeline.Planned::callOff);
    plans.clear();
  }

  /**
   * @param failure null: it succeeded
   */
  void ended(@Nullable Integer code, @Nullable String why, @Nullable FailureClass failure) {
    dropPlans();
    status = failure == null ? Status.SUCCEEDED : Status.FAILED;
    exitCode = code;
    reason = why;
    failureClass = failure;
  }

  JobReport report() {
    return new JobReport(id, request.name(), status, createdAt, exitCode, reason, failureClass);
  }
}
