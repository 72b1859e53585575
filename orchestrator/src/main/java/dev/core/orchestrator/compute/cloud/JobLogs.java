package dev.core.orchestrator.compute.cloud;

import dev.core.orchestrator.compute.ComputeBackend.LogPage;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/**
 * Reads a job's lines from CloudWatch. A stream begins when its container does; until then there
 * are no lines. Thread-safe.
 */
final class JobLogs {

  private static final String DEFAULT_GROUP = "/aws/batch/job";

  /** Of a job whose stream is not there yet. */
  private static final String BEGINNING = "";

  private final BatchClient batch;
  private final CloudWatchLogsClient logs;
  private final JobDefinitions definitions;

  JobLogs(BatchClient batch, CloudWatchLogsClient logs, JobDefinitions definitions) {
    this.batch = batch;
    this.logs = logs;
    this.definitions = definitions;
  }

  LogPage page(String jobId, @Nullable String cursor) {
    Optional<JobDetail> job =
        batch.describeJobs(request -> request.jobs(jobId)).jobs().stream().findFirst();
    String stream =
        job.map(JobDetail::container).map(container -> container.logStreamName()).orElse(null);
    String from = cursor == null ? BEGINNING : cursor;
    if (job.isEmpty() || stream == null) {
      return new LogPage(List.of(), from);
    }
    String group = definitions.logGroup(job.get().jobDefinition()).orElse(DEFAULT_GROUP);
    try {
      // Pages may be empty although more follow: the end is a token that gives itself.
      for (String token = from; ; ) {
        String sent = token;
        var page =
            logs.getLogEvents(request -> {
              request.logGroupName(group).logStreamName(stream).startFromHead(true);
              if (!sent.isEmpty()) {
                request.nextToken(sent);
              }
            });
        String next = page.nextForwardToken();
        if (!page.events().isEmpty() || next.equals(sent)) {
          return new LogPage(page.events().stream().map(OutputLogEvent::message).toList(), next);
        }
        token = next;
      }
    } catch (ResourceNotFoundException _) {
      return new LogPage(List.of(), from);
    }
  }
}
