package dev.core.orchestrator.engine.loop;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import dev.core.common.settings.ClaimSettings;
import dev.core.emulator.AwsEmulator;
import dev.core.emulator.batch.ScriptedContainers;
import dev.core.migrations.testing.TestDatabases;
import dev.core.orchestrator.compute.ComputeBackend;
import dev.core.orchestrator.compute.cloud.EmulatedCloud;
import dev.core.orchestrator.engine.RetryPolicy;
import dev.core.orchestrator.store.RunQueries;
import dev.core.orchestrator.store.TaskExplanation;
import dev.core.orchestrator.store.WhyQueries;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is said of jobs that Batch has and does not start. */
@Tag("cloud")
class CloudWhyTest {

  private static final RetryPolicy POLICY =
      new RetryPolicy(3, Duration.ZERO, Duration.ofSeconds(120), Duration.ofSeconds(60));
  private static final ClaimSettings CLAIMS =
      new ClaimSettings(Duration.ofSeconds(30), Duration.ofSeconds(90), Duration.ofSeconds(120));
  private static final int JOBS = 3;

  /** Longer than answers of Batch are good for. */
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final EmulatedCloud cloud =
      new EmulatedCloud(AwsEmulator.Options.brief(), new ScriptedContainers(_ -> {}), 1);
  private final EngineFixture engine = new EngineFixture(TestDatabases.h2());
  private ComputeBackend backend;
  private long run;

  @BeforeEach
  void threeJobsForOneSlot() {
    cloud.publish(Map.of());
    backend = cloud.backend(50, null);
    engine.pipeline("wide", 1, JOBS);
    engine.lead(backend, POLICY);
    run = engine.start("wide");
    await().until(() -> engine.number("select count(*) from execution.jobs") == JOBS);
  }

  @AfterEach
  void stop() {
    engine.close();
    backend.close();
    cloud.close();
  }

  private List<String> why() {
    var queries = new WhyQueries(engine.jdbi(), JOBS, CLAIMS, this::standing);
    var summary = new RunQueries(engine.jdbi()).summary(run).orElseThrow();
    return queries.explain(summary).stream()
        .filter(each -> each.cause().equals("at_backend"))
        .map(TaskExplanation::text)
        .toList();
  }

  private Map<String, String> standing(String mode, String queue, List<String> jobs) {
    assertThat(mode).isEqualTo("cloud");
    return backend.standing(queue, jobs);
  }

  @Test
  void jobsInLineHaveTheirPlaceAndAreAskedForNoOftenerThanNeeded() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(why())
                .hasSize(JOBS)
                .anyMatch(text ->
                    text.matches(
                        ".*RUNNABLE since 20[^;]*; number 1 of job queue 'dev-core' since 20.*"))
                .anyMatch(text -> text.contains("; number 2 of job queue 'dev-core' since 20")));
    int described = cloud.aws().faults().calls("describejobs");
    int snapshots = cloud.aws().faults().calls("getjobqueuesnapshot");

    for (int i = 0; i < 20; i++) {
      assertThat(why()).hasSize(JOBS);
    }

    assertThat(cloud.aws().faults().calls("getjobqueuesnapshot")).isEqualTo(snapshots);
    // The leader looks at them as well.
    assertThat(cloud.aws().faults().calls("describejobs") - described).isLessThan(5);
  }

  @Test
  void whatIsWrongWithTheQueueIsSaidWithEachJobThatWaitsForIt() {
    cloud
        .aws()
        .batch()
        .change(
            EmulatedCloud.QUEUE,
            queue -> {
              queue.block("MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE - too large");
              queue.breakEnvironment("CLIENT_ERROR - the service role is not valid");
              queue.disable();
            });

    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(why())
                .anyMatch(text ->
                    text.contains(
                            "; MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE - too large; ")
                        && text.contains("job queue 'dev-core' is DISABLED and VALID")
                        && text.contains(
                            "compute environment 'dev-core' is ENABLED and INVALID:"
                                + " CLIENT_ERROR - the service role is not valid")));
  }

  @Test
  void anArrayThatWaitsIsExplainedAsOtherJobsAre() {
    engine.pipeline("split", 1, 1);
    engine.execute("update configuration.transformations set partitions = '5' where id = 4");
    run = engine.start("split");
    cloud
        .aws()
        .batch()
        .change(EmulatedCloud.QUEUE, queue -> queue.breakEnvironment("no such role"));

    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(why())
                .singleElement(as(STRING))
                .startsWith("0 of 5 partitions are done, 5 wait at the backend; ")
                .contains("PENDING since 20", "; 5 RUNNABLE; number 3 of job queue 'dev-core'")
                .contains("compute environment 'dev-core' is ENABLED and INVALID: no such role"));
  }

  @Test
  void aSnapshotThatIsDeniedIsNoReasonToSayNothing() {
    cloud.aws().faults().deny("getjobqueuesnapshot");

    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(why())
                .filteredOn(text ->
                    text.contains("RUNNABLE since")
                        && text.contains(
                            "its place in the queue is not known: AccessDeniedException"))
                .hasSize(JOBS - 1));
  }
}
