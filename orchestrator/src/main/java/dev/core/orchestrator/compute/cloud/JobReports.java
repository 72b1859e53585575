package dev.core.orchestrator.compute.cloud;

import dev.core.common.protocol.FailureClass;
import dev.core.orchestrator.compute.JobReport;
import dev.core.orchestrator.compute.JobReport.Status;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.batch.model.JobStatus;
import software.amazon.awssdk.services.batch.model.JobSummary;

/** Batch's words for jobs in those of the port. */
final class JobReports {

  private static final String ENDED_BY_ITSELF = "Essential container in task exited";

  private JobReports() {}

  static JobReport of(JobDetail job) {
    var array = job.arrayProperties();
    if (array != null && array.hasStatusSummary() && !array.statusSummary().isEmpty()) {
      return ofArray(
          job.jobId(),
          job.jobName(),
          job.statusAsString(),
          job.createdAt(),
          job.statusReason(),
          array.statusSummary());
    }
    var container = job.container();
    return report(
        job.jobId(),
        job.jobName(),
        job.statusAsString(),
        job.createdAt(),
        job.statusReason(),
        container == null ? null : container.reason(),
        container == null ? null : container.exitCode());
  }

  /**
   * The parent of an array: its own status says only whether all of its children have ended.
   *
   * @param children how many have each status, in Batch's words
   */
  static JobReport ofArray(
      String id,
      String name,
      String status,
      @Nullable Long createdAt,
      @Nullable String statusReason,
      Map<String, Integer> children) {
    Status own = status(status);
    boolean begun =
        Stream.of(JobStatus.RUNNING, JobStatus.SUCCEEDED, JobStatus.FAILED)
            .anyMatch(each -> children.getOrDefault(each.toString(), 0) > 0);
    String counts =
        JobStatus.knownValues().stream()
            .sorted()
            .filter(each -> children.getOrDefault(each.toString(), 0) > 0)
            .map(each -> "%,d %s".formatted(children.get(each.toString()), each))
            .collect(Collectors.joining(", "));
    return new JobReport(
        id,
        name,
        own.ended() ? own : begun ? Status.RUNNING : Status.PENDING,
        Instant.ofEpochMilli(createdAt == null ? 0 : createdAt),
        null,
        own.ended() ? statusReason : statusReason == null ? counts : counts + ": " + statusReason,
        own == Status.FAILED ? FailureReasons.classify(statusReason, null, null) : null,
        children.getOrDefault(JobStatus.FAILED.toString(), 0));
  }

  /** A listed job, of which Batch leaves out the reasons. */
  static JobReport of(JobSummary job) {
    var container = job.container();
    return report(
        job.jobId(),
        job.jobName(),
        job.statusAsString(),
        job.createdAt(),
        job.statusReason(),
        container == null ? null : container.reason(),
        container == null ? null : container.exitCode());
  }

  /**
   * @param status as it came over the wire: newer ones than the SDK knows are possible
   */
  static JobReport report(
      String id,
      String name,
      String status,
      @Nullable Long createdAt,
      @Nullable String statusReason,
      @Nullable String containerReason,
      @Nullable Integer exitCode) {
    Status translated = status(status);
    FailureClass failure =
        translated == Status.FAILED
            ? FailureReasons.classify(statusReason, containerReason, exitCode)
            : null;
    return new JobReport(
        id,
        name,
        translated,
        Instant.ofEpochMilli(createdAt == null ? 0 : createdAt),
        exitCode,
        reason(status, translated, statusReason, containerReason),
        failure);
  }

  private static Status status(String status) {
    return switch (JobStatus.fromValue(status)) {
      case SUBMITTED, PENDING, RUNNABLE, STARTING, UNKNOWN_TO_SDK_VERSION -> Status.PENDING;
      case RUNNING -> Status.RUNNING;
      case SUCCEEDED -> Status.SUCCEEDED;
      case FAILED -> Status.FAILED;
    };
  }

  private static @Nullable String reason(
      String status, Status translated, @Nullable String statusReason, @Nullable String container) {
    String said =
        statusReason == null
            ? container
            : container == null ? statusReason : statusReason + "; " + container;
    return switch (translated) {
      case PENDING -> said == null ? status : status + ": " + said;
      case RUNNING -> null;
      // What Batch says of every container is no reason.
      case SUCCEEDED -> null;
      case FAILED ->
          statusReason != null && statusReason.equals(ENDED_BY_ITSELF) && container != null
              ? container
              : said;
    };
  }
}
