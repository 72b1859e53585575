package dev.core.orchestrator.compute.cloud;

import dev.core.orchestrator.compute.ComputeBackend.LogPage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/**
 * Reads a job's lines from CloudWatch. A stream begins when its container does; until then there
 * are no lines. Thread-safe.
 */
final class JobLogs {

  private static final String DEFAULT_GROUP = "/aws/batch/job";

  /** The log driver sends what it has every few seconds. */
  static final Duration LAG = Duration.ofSeconds(5);

  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  /** Of a job whose stream is not there yet. */
  private static final String BEGINNING = "";

  private final BatchClient batch;
  private final CloudWatchLogsClient logs;
  private final JobDefinitions definitions;
  private final Answers<String, Optional<Stream>> streams;

  private record Stream(String group, String name) {}

  JobLogs(
      BatchClient batch,
      CloudWatchLogsClient logs,
      JobDefinitions definitions,
      LongSupplier nanos) {
    this.streams = new Answers<>(REMEMBERED, nanos);
    this.batch = batch;
    this.logs = logs;
    this.definitions = definitions;
  }

  LogPage page(String jobId, @Nullable String cursor) {
    String from = cursor == null ? BEGINNING : cursor;
    Optional<Stream> found = stream(jobId);
    if (found.isEmpty()) {
      return new LogPage(List.of(), from);
    }
    Stream stream = found.get();
    try {
      // Pages may be empty although more follow: the end is a token that gives itself.
      for (String token = from; ; ) {
        String sent = token;
        var page =
            logs.getLogEvents(request -> {
              request.logGroupName(stream.group()).logStreamName(stream.name()).startFromHead(true);
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

  /** Batch names it once the container runs, and it stays the same: a job has one attempt. */
  private Optional<Stream> stream(String jobId) {
    if (streams.has(jobId)) {
      return streams.get(jobId, this::ask);
    }
    Optional<Stream> found = ask(jobId);
    if (found.isPresent()) {
      streams.put(jobId, found);
    }
    return found;
  }

  private Optional<Stream> ask(String jobId) {
    return batch.describeJobs(request -> request.jobs(jobId)).jobs().stream()
        .findFirst()
        .filter(job -> job.container() != null && job.container().logStreamName() != null)
        .map(job ->
            new Stream(
                definitions.logGroup(job.jobDefinition()).orElse(DEFAULT_GROUP),
                job.container().logStreamName()));
  }
}
