package dev.core.orchestrator.compute.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.core.common.definition.Resources;
import dev.core.common.protocol.FailureClass;
import dev.core.emulator.AwsEmulator;
import dev.core.emulator.batch.ScriptedContainers;
import dev.core.orchestrator.compute.ComputeBackend.BackendUnavailable;
import dev.core.orchestrator.compute.ComputeBackend.Target;
import dev.core.orchestrator.compute.JobRequest;
import dev.core.orchestrator.compute.Submission;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Batch takes a moment until a definition that was registered is known to SubmitJob. */
@Tag("cloud")
class FreshDefinitionTest {

  private static final Resources TOOL =
      new Resources(BigDecimal.ONE, 512, 60, 1, 0, null, "tool:1");

  @Test
  void aDefinitionRegisteredJustNowMayBeUnknownForAMinuteAndNoLonger() {
    var nanos = new AtomicLong();
    var process = CloudMeans.ofProcess();
    try (var cloud =
            new EmulatedCloud(AwsEmulator.Options.brief(), new ScriptedContainers(_ -> {}), 1);
        var clients = EmulatedCloud.clients(cloud.aws().url());
        var backend =
            CloudBackend.open(
                new CloudOptions(
                    EmulatedCloud.QUEUE,
                    EmulatedCloud.DEFINITION,
                    50,
                    null,
                    AwsEmulator.ACCOUNT,
                    Duration.ofSeconds(2)),
                EmulatedCloud.clients(cloud.aws().url()),
                new CloudMeans(process.threads(), nanos::get, process.waiting()))) {
      cloud.publish(Map.of());
      Target target =
          await()
              .ignoreException(BackendUnavailable.class)
              .until(() -> backend.target(TOOL), _ -> true);
      String revision = target.definitionRevision();
      var request = new JobRequest("a1-job", "token", target.queue(), revision, TOOL, 1, Map.of());
      clients.batch().deregisterJobDefinition(call -> call.jobDefinition(revision));

      assertThat(backend.submit(request))
          .isInstanceOfSatisfying(
              Submission.Unavailable.class,
              answer ->
                  assertThat(answer.message())
                      .contains(revision, "registered just now", "does not exist"));
      nanos.set(Duration.ofSeconds(61).toNanos());
      assertThat(backend.submit(request))
          .isInstanceOfSatisfying(
              Submission.Refused.class,
              answer -> assertThat(answer.failureClass()).isEqualTo(FailureClass.CONFIGURATION));
    }
  }
}
