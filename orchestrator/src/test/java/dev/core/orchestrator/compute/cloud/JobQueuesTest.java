package dev.core.orchestrator.compute.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.core.common.definition.Resources;
import dev.core.emulator.AwsEmulator;
import dev.core.emulator.batch.ScriptedContainers;
import dev.core.orchestrator.compute.ComputeBackend.BackendUnavailable;
import dev.core.orchestrator.compute.ComputeBackend.Target;
import dev.core.orchestrator.compute.JobRequest;
import dev.core.orchestrator.compute.Submission;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Job queues beside that of the installation, and what fair shares ask for. */
@Tag("cloud")
class JobQueuesTest {

  private EmulatedCloud cloud;
  private CloudBackend backend;

  @BeforeEach
  void start() {
    cloud = new EmulatedCloud(AwsEmulator.Options.brief(), new ScriptedContainers(_ -> {}), 4);
    cloud.aws().batch().queue("fair", 4, false, true);
    cloud.aws().batch().queue("cheap", 4, true, false);
    cloud.publish(Map.of());
    backend = cloud.backend();
  }

  @AfterEach
  void stop() {
    backend.close();
    cloud.close();
  }

  private static Resources in(String queue) {
    return new Resources(BigDecimal.ONE, 2048, 60, 1, 0, null, null, queue);
  }

  private Target target(String queue) {
    return await()
        .ignoreException(BackendUnavailable.class)
        .until(() -> backend.target(in(queue)), _ -> true);
  }

  private Submission submit(String queue, String client, int priority) {
    Target target = target(queue);
    return backend.submit(
        new JobRequest(
            "a1-job",
            "token",
            target.queue(),
            target.definitionRevision(),
            in(queue),
            1,
            priority,
            Map.of("client", client)));
  }

  private JsonNode submitted() {
    return cloud.aws().batch().submissions().getLast();
  }

  @Test
  void aJobGoesToTheQueueThatIsNamedAndElseToThatOfTheInstallation() {
    assertThat(target("fair").queue()).isEqualTo("fair");
    assertThat(target(null).queue()).isEqualTo(EmulatedCloud.QUEUE);
  }

  @Test
  void onAQueueWithAPolicyAJobHasTheClientsShareAndThePipelinesPriority() {
    assertThat(submit("fair", "us_aviation", -1000)).isInstanceOf(Submission.Accepted.class);
    assertThat(submitted().path("shareIdentifier").asText()).isEqualTo("usAviation");
    assertThat(submitted().path("schedulingPriorityOverride").asInt(-1)).isZero();

    assertThat(submit("fair", "us_aviation", 7)).isInstanceOf(Submission.Accepted.class);
    assertThat(submitted().path("schedulingPriorityOverride").asInt()).isEqualTo(1007);
  }

  @Test
  void onAQueueWithoutAPolicyItHasNeither() {
    assertThat(submit(null, "us_aviation", 7)).isInstanceOf(Submission.Accepted.class);

    assertThat(submitted().has("shareIdentifier")).isFalse();
    assertThat(submitted().has("schedulingPriorityOverride")).isFalse();
  }

  @Test
  void whatAQueueIsIsAskedForOnce() {
    for (int i = 0; i < 5; i++) {
      assertThat(submit("fair", "acme", 0)).isInstanceOf(Submission.Accepted.class);
    }

    // One for the queue of the installation, which the backend asks for as it opens.
    assertThat(cloud.aws().faults().calls("describejobqueues")).isEqualTo(2);
  }

  @Test
  void aQueueThatIsMissingIsAFailureOfConfigurationUntilItIsMade() {
    assertThat(submit("late", "acme", 0))
        .isInstanceOfSatisfying(
            Submission.Refused.class,
            refused -> assertThat(refused.message()).contains("JobQueue late not found"));

    cloud.aws().batch().queue("late", 4, false, true);

    assertThat(submit("late", "acme", 0)).isInstanceOf(Submission.Accepted.class);
    assertThat(submitted().path("shareIdentifier").asText()).isEqualTo("acme");
  }

  @Test
  void whileAQueueCannotBeLookedAtNothingIsSubmittedAndTheReasonIsTold() {
    cloud.aws().faults().deny("describejobqueues");

    await()
        .untilAsserted(() ->
            assertThatThrownBy(() -> backend.target(in("fair")))
                .isInstanceOf(BackendUnavailable.class)
                .hasMessageContaining("job queue 'fair'")
                .hasMessageContaining("not authorized to perform: batch:describejobqueues"));
    int before = cloud.aws().faults().calls("submitjob");
    assertThat(
            backend.submit(
                new JobRequest("a1", "t", "fair", "core_dev:1", in("fair"), 1, Map.of())))
        .isInstanceOf(Submission.Unavailable.class);
    assertThat(cloud.aws().faults().calls("submitjob")).isEqualTo(before);
  }

  @Test
  void aQueueOfTheOtherPlatformGetsADefinitionAfterTheLikenessOfCores() {
    assertThat(target("cheap").definitionRevision()).matches("core_dev_[0-9a-f]{16}:1");
    assertThat(target(null).definitionRevision()).isEqualTo("core_dev:1");
    assertThat(submit("cheap", "acme", 0)).isInstanceOf(Submission.Accepted.class);
    assertThat(submit(null, "acme", 0)).isInstanceOf(Submission.Accepted.class);
  }

  @Test
  void sharesAreLegalWhateverTheClientIsCalled() {
    assertThat(JobSubmission.share("a_1_b")).isEqualTo("a1B");
    assertThat(JobSubmission.share("")).isEqualTo("core");
    assertThat(JobSubmission.share("x".repeat(300))).hasSize(255);
    assertThat(JobSubmission.priority(Integer.MAX_VALUE)).isEqualTo(9999);
    assertThat(JobSubmission.priority(Integer.MIN_VALUE)).isZero();
  }

  @Test
  void theLongestNamesOfEverythingGiveARequestThatBatchTakes() {
    String longest = "n".repeat(63);
    String key = String.join("_", longest, longest, longest, "1000000000000");
    Target target = target("fair");
    var labels =
        Map.of(
            "client", longest,
            "brand", longest,
            "pipeline", longest,
            "run", String.valueOf(Long.MAX_VALUE),
            "task", key,
            "attempt", "1000");

    assertThat(
            backend.submit(
                new JobRequest(
                    "r" + "9".repeat(127),
                    "t".repeat(64),
                    target.queue(),
                    target.definitionRevision(),
                    new Resources(
                        new BigDecimal("9999.99"), 1 << 25, 366 * 24 * 3600, 1, 0, null, null),
                    1,
                    1000,
                    labels)))
        .isInstanceOf(Submission.Accepted.class);
    assertThat(submitted().toString().length()).isLessThan(4096);
  }
}
