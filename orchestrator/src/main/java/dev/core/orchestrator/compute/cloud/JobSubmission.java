package dev.core.orchestrator.compute.cloud;

import dev.core.common.definition.Resources;
import dev.core.common.protocol.FailureClass;
import dev.core.orchestrator.compute.JobRequest;
import dev.core.orchestrator.compute.Submission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.ResourceType;
import software.amazon.awssdk.services.batch.model.SubmitJobRequest;

/** Makes one SubmitJob call of a request, and sense of its answer. Thread-safe. */
final class JobSubmission {

  /** Batch ends nothing sooner, and the worker shall have ended the attempt by itself before. */
  private static final int TIMEOUT_AT_LEAST = 60;

  private static final int TIMEOUT_GRACE = 120;
  private static final int LONGEST_TAG = 256;
  private static final int LONGEST_SHARE = 255;
  private static final int LOWEST_PRIORITY = 1000;
  private static final Pattern DEFINITION = Pattern.compile("(?i)job ?definition");
  private static final Pattern UNDERSCORED = Pattern.compile("_([a-z])");

  private final BatchClient client;
  private final SubmissionRate rate;
  private final JobQueues queues;
  private final JobDefinitions definitions;

  /**
   * @param client must not retry by itself
   */
  JobSubmission(
      BatchClient client, SubmissionRate rate, JobQueues queues, JobDefinitions definitions) {
    this.client = client;
    this.rate = rate;
    this.queues = queues;
    this.definitions = definitions;
  }

  Submission submit(JobRequest request) {
    boolean fairShare;
    try {
      fairShare = queues.ask(request.queue()).map(JobQueues.Known::fairShare).orElse(false);
    } catch (SdkException e) {
      // Nothing was submitted yet.
      return new Submission.Unavailable(
          "job queue '%s' cannot be looked at: %s".formatted(request.queue(), AwsTrouble.text(e)));
    }
    try {
      rate.take();
      String jobId = client.submitJob(call(request, fairShare)).jobId();
      rate.answered();
      return jobId == null
          ? new Submission.Unknown("the answer names no job")
          : new Submission.Accepted(jobId);
    } catch (AwsServiceException e) {
      if (AwsTrouble.isOfCredentials(e)) {
        return new Submission.Unavailable("jobs cannot be submitted: " + AwsTrouble.text(e));
      }
      if (AwsTrouble.isLater(e)) {
        rate.throttled();
        return new Submission.Throttled(AwsTrouble.text(e));
      }
      if (isOfDefinition(e) && definitions.isFresh(request.definitionRevision())) {
        return new Submission.Unavailable(
            "job definition %s was registered just now: %s"
                .formatted(request.definitionRevision(), AwsTrouble.text(e)));
      }
      queues.forget(request.queue());
      return AwsTrouble.isRefusal(e)
          ? new Submission.Refused(
              FailureClass.CONFIGURATION, "AWS Batch refuses the job: " + AwsTrouble.text(e))
          : new Submission.Unknown(AwsTrouble.text(e));
    } catch (SdkClientException e) {
      // A connection that was never made carried no request, but nothing says that of it for
      // certain.
      return new Submission.Unknown(AwsTrouble.text(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Submission.Throttled("interrupted before it was asked");
    }
  }

  private static boolean isOfDefinition(AwsServiceException e) {
    return AwsTrouble.isRefusal(e)
        && (e.statusCode() == 404 || DEFINITION.matcher(AwsTrouble.text(e)).find());
  }

  private SubmitJobRequest call(JobRequest request, boolean fairShare) {
    Resources resources = request.resources();
    var call =
        SubmitJobRequest.builder()
            .jobName(request.name())
            .jobQueue(request.queue())
            .jobDefinition(request.definitionRevision())
            .containerOverrides(container ->
                container
                    .command(command(request))
                    .resourceRequirements(
                        each ->
                            each.type(ResourceType.VCPU).value(resources.vcpus().toPlainString()),
                        each ->
                            each.type(ResourceType.MEMORY)
                                .value(String.valueOf(resources.memoryMib()))))
            .timeout(timeout ->
                timeout.attemptDurationSeconds(
                    Math.max(TIMEOUT_AT_LEAST, resources.timeoutSeconds() + TIMEOUT_GRACE)))
            // One try: whether there is another is decided with the outcome known.
            .retryStrategy(retries -> retries.attempts(1))
            .tags(tags(request.labels()))
            .propagateTags(true);
    if (request.partitions() > 1) {
      call.arrayProperties(array -> array.size(request.partitions()));
    }
    if (fairShare) {
      call.shareIdentifier(share(request.labels().getOrDefault("client", "")))
          .schedulingPriorityOverride(priority(request.priority()));
    }
    return call.build();
  }

  /** The index of a member within its array is added to that of the first. */
  private static List<String> command(JobRequest request) {
    var command = new ArrayList<>(List.of("corebot", "run", "--token", request.token()));
    if (request.firstIndex() > 0) {
      command.addAll(List.of("--partition", String.valueOf(request.firstIndex())));
    }
    return command;
  }

  /**
   * Letters, digits, white space and {@code _.:/=+-@}, as AWS allows; anything else is shown as _.
   */
  private static Map<String, String> tags(Map<String, String> labels) {
    var tags = new LinkedHashMap<String, String>();
    labels.forEach((name, value) -> {
      String legal = value.replaceAll("[^\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]", "_");
      tags.put(
          "core:" + name,
          legal.codePointCount(0, legal.length()) <= LONGEST_TAG
              ? legal
              : legal.substring(0, legal.offsetByCodePoints(0, LONGEST_TAG)));
    });
    return tags;
  }

  /** Letters and digits only, at most 255: {@code us_aviation} is {@code usAviation}. */
  static String share(String client) {
    String legal =
        UNDERSCORED
            .matcher(client)
            .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT))
            .replaceAll("[^A-Za-z0-9]", "");
    return legal.isEmpty() ? "core" : legal.substring(0, Math.min(LONGEST_SHARE, legal.length()));
  }

  /** Batch has none below 0: those of pipelines, from -1000 to 1000, begin there. */
  static int priority(int ofPipeline) {
    return Math.clamp(LOWEST_PRIORITY + (long) ofPipeline, 0, 9999);
  }
}
