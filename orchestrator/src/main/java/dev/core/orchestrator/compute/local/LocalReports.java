package dev.core.orchestrator.compute.local;

import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.WorkerExit;
import dev.core.orchestrator.compute.JobReport;
import dev.core.orchestrator.compute.JobReport.Status;
import org.jspecify.annotations.Nullable;

/** Rows of local jobs in the words of the port. */
final class LocalReports {

  private LocalReports() {}

  static JobReport report(LocalRows.Job job) {
    var status =
        switch (job.status()) {
          case "QUEUED" -> Status.PENDING;
          case "RUNNING" -> Status.RUNNING;
          case "SUCCEEDED" -> Status.SUCCEEDED;
          case "FAILED" -> Status.FAILED;
          default ->
              throw new IllegalStateException(
                  "local job " + job.id() + " has the unknown status " + job.status());
        };
    return new JobReport(
        job.jobId(),
        job.name(),
        status,
        job.queuedAt(),
        job.exitCode(),
        job.reason(),
        status == Status.FAILED ? failureClass(job.exitCode()) : null);
  }

  static JobReport report(LocalRows.Array array) {
    return JobReport.ofArray(
        array.arrayId(),
        array.name(),
        array.queuedAt(),
        new JobReport.Members(array.queued(), array.running(), array.succeeded(), array.failed()),
        array.failed() == 0 ? null : "%,d of its members failed".formatted(array.failed()));
  }

  private static FailureClass failureClass(@Nullable Integer exitCode) {
    for (var failure : FailureClass.values()) {
      if (exitCode != null && WorkerExit.of(failure).code() == exitCode) {
        return failure;
      }
    }
    return FailureClass.INFRASTRUCTURE;
  }

  /** The same job after its worker was found to be gone. */
  static LocalRows.Job lost(LocalRows.Job job, String reason) {
    return new LocalRows.Job(
        job.id(),
        job.name(),
        "FAILED",
        job.queuedAt(),
        null,
        reason,
        job.request(),
        job.workerId(),
        job.arrayId(),
        job.arrayIndex(),
        job.workerHost(),
        job.workerPid(),
        job.workerGone());
  }
}
