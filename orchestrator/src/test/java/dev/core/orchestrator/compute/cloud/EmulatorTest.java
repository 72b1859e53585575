package dev.core.orchestrator.compute.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.core.emulator.AwsEmulator;
import dev.core.emulator.batch.Containers.Exit;
import dev.core.emulator.batch.ScriptedContainers;
import dev.core.emulator.batch.ScriptedContainers.Scripted;
import dev.core.emulator.wire.Faults.Fault;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.BatchException;
import software.amazon.awssdk.services.batch.model.ClientException;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.batch.model.JobStatus;
import software.amazon.awssdk.services.batch.model.SubmitJobRequest;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sts.StsClient;

/** The stand-in of AWS, seen through the clients that the product uses. */
class EmulatorTest {

  private final Queue<Scripted> started = new ConcurrentLinkedQueue<>();
  private AwsEmulator aws;
  private BatchClient batch;

  @BeforeEach
  void start() {
    aws = AwsEmulator.start(AwsEmulator.Options.brief(), new ScriptedContainers(started::add));
    aws.batch().queue("dev-core", 4, true, false);
    batch = client(BatchClient.builder());
    batch.registerJobDefinition(request ->
        request
            .jobDefinitionName("core_dev")
            .type("container")
            .platformCapabilitiesWithStrings("FARGATE")
            .containerProperties(container ->
                container
                    .image("core:1")
                    .resourceRequirements(
                        each -> each.type("VCPU").value("1"),
                        each -> each.type("MEMORY").value("2048"))));
  }

  @AfterEach
  void stop() {
    batch.close();
    aws.close();
  }

  private <C, B extends AwsClientBuilder<B, C>> C client(B builder) {
    if (builder
        instanceof software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder<?, ?> sync) {
      sync.httpClientBuilder(UrlConnectionHttpClient.builder());
    }
    return builder
        .endpointOverride(aws.url())
        .region(Region.of(AwsEmulator.REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("emulated", "emulated")))
        .overrideConfiguration(each -> each.retryStrategy(DefaultRetryStrategy.doNotRetry()))
        .build();
  }

  private static SubmitJobRequest.Builder job(String name) {
    return SubmitJobRequest.builder()
        .jobName(name)
        .jobQueue("dev-core")
        .jobDefinition("core_dev:1")
        .containerOverrides(each -> each.command("corebot", "run"));
  }

  private JobDetail describe(String id) {
    return batch.describeJobs(request -> request.jobs(id)).jobs().getFirst();
  }

  private JobDetail awaitStatus(String id, JobStatus status) {
    await().until(() -> describe(id).status() == status);
    return describe(id);
  }

  @Test
  void aJobGoesThroughItsStatesAndLeavesItsLog() {
    String id = batch.submitJob(job("r1-t1-a1").build()).jobId();
    assertThat(describe(id).status())
        .isIn(JobStatus.SUBMITTED, JobStatus.RUNNABLE, JobStatus.STARTING, JobStatus.RUNNING);
    JobDetail running = awaitStatus(id, JobStatus.RUNNING);
    assertThat(started.peek().start().command()).containsExactly("corebot", "run");
    assertThat(started.peek().start().environment()).containsEntry("AWS_BATCH_JOB_ID", id);

    started.peek().print("hello");
    started.peek().end(Exit.of(0));

    JobDetail done = awaitStatus(id, JobStatus.SUCCEEDED);
    assertThat(done.container().exitCode()).isZero();
    assertThat(done.statusReason()).isEqualTo("Essential container in task exited");
    try (var logs = client(CloudWatchLogsClient.builder())) {
      var page =
          logs.getLogEvents(request ->
              request
                  .logGroupName("/aws/batch/job")
                  .logStreamName(running.container().logStreamName())
                  .startFromHead(true));
      assertThat(page.events()).extracting("message").containsExactly("hello");
      assertThat(
              logs.getLogEvents(request ->
                      request
                          .logGroupName("/aws/batch/job")
                          .logStreamName(running.container().logStreamName())
                          .nextToken(page.nextForwardToken()))
                  .nextForwardToken())
          .isEqualTo(page.nextForwardToken());
    }
  }

  @Test
  void aLostAnswerLeavesAJobThatCanBeFoundByName() {
    aws.faults().next("submitjob", Fault.LOST_AFTER);

    assertThatThrownBy(() -> batch.submitJob(job("r1-t2-a1").build()))
        .isInstanceOf(SdkClientException.class);

    assertThat(
            batch
                .listJobs(request ->
                    request
                        .jobQueue("dev-core")
                        .filters(filter -> filter.name("JOB_NAME").values("r1-t2-a1")))
                .jobSummaryList())
        .hasSize(1);
    assertThat(aws.faults().calls("submitjob")).isEqualTo(1);
  }

  @Test
  void tooManySubmissionsAreThrottled() {
    aws.faults().next("submitjob", Fault.THROTTLED);

    assertThatThrownBy(() -> batch.submitJob(job("r1-t3-a1").build()))
        .isInstanceOfSatisfying(
            BatchException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(429);
              assertThat(e.isThrottlingException()).isTrue();
            });
    assertThat(aws.batch().accepted("r1-t3-a1")).isZero();
  }

  @Test
  void anArrayCountsItsChildrenAndFailsWithOneOfThem() {
    String id =
        batch.submitJob(job("r1-t4-a1").arrayProperties(array -> array.size(6)).build()).jobId();
    await().until(() -> started.size() == 4);
    assertThat(describe(id).arrayProperties().statusSummary())
        .containsEntry("RUNNABLE", 2)
        .containsEntry("RUNNING", 4);

    await()
        .until(() -> {
          for (Scripted each; (each = started.poll()) != null; ) {
            each.end(Exit.of(each.start().arrayIndex() == 3 ? 1 : 0));
          }
          return describe(id).status() == JobStatus.FAILED;
        });

    assertThat(describe(id).arrayProperties().statusSummary())
        .containsEntry("SUCCEEDED", 5)
        .containsEntry("FAILED", 1);
    assertThat(
            batch
                .listJobs(request -> request.arrayJobId(id).jobStatus(JobStatus.FAILED))
                .jobSummaryList())
        .extracting("jobId")
        .containsExactly(id + ":3");
  }

  @Test
  void whatRunsIsEndedByTerminateAndNotByCancel() {
    String id = batch.submitJob(job("r1-t5-a1").build()).jobId();
    awaitStatus(id, JobStatus.RUNNING);
    batch.cancelJob(request -> request.jobId(id).reason("no"));
    assertThat(started.peek().stopped()).isNotDone();

    batch.terminateJob(request -> request.jobId(id).reason("enough"));
    started.peek().stopped().join();
    started.peek().end(Exit.of(143));

    JobDetail ended = awaitStatus(id, JobStatus.FAILED);
    assertThat(ended.statusReason()).isEqualTo("enough");
    assertThat(ended.isTerminated()).isTrue();
  }

  @Test
  void limitsAreThoseOfBatch() {
    assertThatThrownBy(() -> batch.submitJob(job("-bad").build()))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("valid pattern");
    assertThatThrownBy(() -> batch.submitJob(job("ok").jobQueue("none").build()))
        .hasMessageContaining("JobQueue none not found.");
    assertThatThrownBy(() -> batch.submitJob(job("ok").jobDefinition("core_dev:2").build()))
        .hasMessageContaining("not in ACTIVE status");
    assertThatThrownBy(
            () -> batch.submitJob(job("ok").timeout(t -> t.attemptDurationSeconds(5)).build()))
        .hasMessageContaining("60");
    assertThatThrownBy(() ->
            batch.submitJob(
                job("ok")
                    .containerOverrides(
                        each -> each.environment(v -> v.name("X").value("x".repeat(31_000))))
                    .build()))
        .hasMessageContaining("too large");
    assertThatThrownBy(() ->
            batch.describeJobs(request ->
                request.jobs(IntStream.range(0, 101).mapToObj(Integer::toString).toList())))
        .hasMessageContaining("100");
    assertThatThrownBy(() ->
            batch.submitJob(
                job("ok")
                    .containerOverrides(each ->
                        each.resourceRequirements(
                            r -> r.type("VCPU").value("1"), r -> r.type("MEMORY").value("512")))
                    .build()))
        .hasMessageContaining("Fargate");
  }

  @Test
  void secretsAndIdentityAreAnswered() {
    aws.secrets().put("dev/database/x/read", "{\"user\":\"u\"}");
    try (var secrets = client(SecretsManagerClient.builder());
        var sts = client(StsClient.builder())) {
      assertThat(secrets.getSecretValue(r -> r.secretId("dev/database/x/read")).secretString())
          .isEqualTo("{\"user\":\"u\"}");
      assertThatThrownBy(() -> secrets.getSecretValue(r -> r.secretId("none")))
          .isInstanceOf(ResourceNotFoundException.class);
      assertThat(sts.getCallerIdentity().account()).isEqualTo(AwsEmulator.ACCOUNT);
    }
  }

  @Test
  void eventsTellEveryChangeOfState() {
    Queue<String> statuses = new ConcurrentLinkedQueue<>();
    aws.batch().onEvent(event -> statuses.add(event.path("detail").path("status").asText()));
    String id = batch.submitJob(job("r1-t6-a1").build()).jobId();
    awaitStatus(id, JobStatus.RUNNING);
    started.peek().end(Exit.of(0));

    awaitStatus(id, JobStatus.SUCCEEDED);
    assertThat(List.copyOf(statuses))
        .containsExactly("RUNNABLE", "STARTING", "RUNNING", "SUCCEEDED");
  }
}
