package dev.core.orchestrator.compute.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.core.common.database.Database;
import dev.core.common.definition.Resources;
import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.jdbc.ExecutionRows;
import dev.core.common.settings.Settings;
import dev.core.emulator.AwsEmulator;
import dev.core.emulator.wire.Faults.Fault;
import dev.core.migrations.testing.TestDatabase;
import dev.core.migrations.testing.TestDatabases;
import dev.core.orchestrator.compute.ComputeBackend;
import dev.core.orchestrator.compute.ComputeBackend.BackendUnavailable;
import dev.core.orchestrator.compute.ComputeBackend.NotAllAsked;
import dev.core.orchestrator.compute.JobReport.Status;
import dev.core.orchestrator.compute.JobRequest;
import dev.core.orchestrator.compute.LiveJobsContract;
import dev.core.orchestrator.compute.Submission;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The cloud backend over the wire; its jobs are real processes of corebot, with Postgres. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("cloud")
class CloudBackendTest extends LiveJobsContract {

  private final TestDatabase postgres = TestDatabases.postgres();
  private Database database;
  private EmulatedCloud cloud;
  private CloudBackend backend;
  private ExecutionRows rows;

  @BeforeAll
  void start(@TempDir(cleanup = CleanupMode.NEVER) Path folder) {
    var environment =
        new HashMap<>(
            Map.of(
                "CORE_DATABASE_URL", postgres.url(),
                "CORE_DATABASE_USER", postgres.user(),
                "CORE_DATABASE_PASSWORD", postgres.password(),
                "CORE_HOME", folder.toString(),
                "CORE_MODE", "cloud"));
    database = Database.open(Settings.load(environment, folder));
    rows = new ExecutionRows(database.jdbi());
    cloud = new EmulatedCloud(AwsEmulator.Options.brief(), EmulatedCloud.processes(folder), 3);
    cloud.publish(environment);
    backend = cloud.backend();
    await()
        .ignoreException(BackendUnavailable.class)
        .untilAsserted(() -> assertThat(target(null)).isEqualTo("core_dev:1"));
  }

  @AfterAll
  void stop() throws SQLException {
    backend.close();
    cloud.close();
    database.close();
    postgres.close();
  }

  private String target(String image) {
    return backend
        .target(new Resources(BigDecimal.ONE, 512, 60, 1, 0, null, image))
        .definitionRevision();
  }

  @Override
  protected ComputeBackend backend() {
    return backend;
  }

  @Override
  protected ExecutionRows rows() {
    return rows;
  }

  @Override
  protected String queue() {
    return EmulatedCloud.QUEUE;
  }

  @Override
  protected String definition() {
    return "core_dev:1";
  }

  /** Each starts a JVM. */
  @Override
  protected int many() {
    return 6;
  }

  @Override
  protected Duration patience() {
    return Duration.ofSeconds(90);
  }

  private JobRequest request(String name, Map<String, String> labels) {
    return new JobRequest(
        name,
        "token",
        EmulatedCloud.QUEUE,
        "core_dev:1",
        new Resources(BigDecimal.ONE, 512, 60, 1, 0, null, null),
        1,
        labels);
  }

  @Test
  void aLostAnswerIsUnknownAndSubmitJobIsNeverRepeatedByItself() {
    int before = cloud.aws().faults().calls("submitjob");
    cloud.aws().faults().next("submitjob", Fault.LOST_AFTER, Fault.LOST_BEFORE, Fault.SERVER_ERROR);

    for (String name : List.of("lost-after", "lost-before", "error")) {
      assertThat(backend.submit(request(name, Map.of()))).isInstanceOf(Submission.Unknown.class);
    }

    assertThat(cloud.aws().faults().calls("submitjob") - before).isEqualTo(3);
    assertThat(backend.findByName(queue(), "lost-after")).hasSize(1);
    assertThat(backend.findByName(queue(), "lost-before")).isEmpty();
    assertThat(backend.findByName(queue(), "LOST-AFTER")).isEmpty();
  }

  @Test
  void throttlingAndDeniedCredentialsAreNoFailureOfATask() {
    cloud.aws().faults().next("submitjob", Fault.THROTTLED, Fault.DENIED);

    assertThat(backend.submit(request("throttled", Map.of())))
        .isInstanceOf(Submission.Throttled.class);
    assertThat(backend.submit(request("denied", Map.of())))
        .isInstanceOfSatisfying(
            Submission.Unavailable.class,
            answer ->
                assertThat(answer.message())
                    .contains("not authorized to perform: batch:submitjob"));
  }

  @Test
  void whatBatchRefusesIsAFailureOfConfigurationInItsWords() {
    var unknown =
        new JobRequest(
            "r1",
            "token",
            "no-such-queue",
            "core_dev:1",
            new Resources(BigDecimal.ONE, 512, 60, 1, 0, null, null),
            1,
            Map.of());

    assertThat(backend.submit(unknown))
        .isEqualTo(
            new Submission.Refused(
                FailureClass.CONFIGURATION,
                "AWS Batch refuses the job: ClientException: JobQueue no-such-queue not found."));
  }

  @Test
  void callsOtherThanSubmitJobAreRepeated() {
    var job = submitted("true");
    cloud
        .aws()
        .faults()
        .next("describejobs", Fault.THROTTLED, Fault.SERVER_ERROR, Fault.LOST_BEFORE);

    assertThat(describe(job)).isNotNull();
    awaitEnd(job);
  }

  @Test
  void deniedLookUpsSaySo() {
    cloud.aws().faults().deny("listjobs");
    try {
      assertThatThrownBy(() -> backend.findByName(queue(), "x"))
          .isInstanceOf(BackendUnavailable.class)
          .hasMessageContaining("not authorized to perform: batch:listjobs");
    } finally {
      cloud.aws().faults().allowAll();
    }
  }

  @Test
  void whichEndsWereAskedForIsToldWhenOneWasNot() {
    var faults = cloud.aws().faults();
    int before = faults.calls("terminatejob");
    faults.next("terminatejob", Fault.DENIED);
    var ids = Set.of("a", "b", "c");

    assertThatThrownBy(() -> backend.terminate(ids, "enough"))
        .isInstanceOfSatisfying(
            NotAllAsked.class, e -> assertThat(e.asked()).hasSize(2).isSubsetOf(ids))
        .hasMessageContaining("not authorized to perform: batch:terminatejob");
    assertThat(faults.calls("terminatejob") - before).isEqualTo(3);
    backend.terminate(ids, "enough");
  }

  @Test
  void labelsOfAnyTextBecomeLegalTags() {
    var labels = Map.of("client", "Ac\nme; „GmbH“ & Söhne \u0000", "pipeline", "x".repeat(300));

    assertThat(backend.submit(request("labels", labels))).isInstanceOf(Submission.Accepted.class);
  }

  @Test
  void anImageOfATemplateGetsADefinitionOfItsOwnOnce() {
    await().ignoreException(BackendUnavailable.class).until(() -> target("tool:2") != null);
    String revision = target("tool:2");

    assertThat(revision).matches("core_dev_[0-9a-f]{16}:1");
    try (var other = cloud.backend()) {
      await()
          .ignoreException(BackendUnavailable.class)
          .untilAsserted(() ->
              assertThat(
                      other
                          .target(new Resources(BigDecimal.ONE, 512, 60, 1, 0, null, "tool:2"))
                          .definitionRevision())
                  .isEqualTo(revision));
    }
  }

  @Test
  void aJobThatWaitsSaysWhatBatchSays() {
    cloud
        .aws()
        .batch()
        .change(
            EmulatedCloud.QUEUE,
            queue ->
                queue.block(
                    "MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT - The job's resource requirements cannot be met"));
    var job = submitted("true");
    try {
      await()
          .untilAsserted(() ->
              assertThat(describe(job).reason())
                  .startsWith("RUNNABLE: MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT"));
    } finally {
      cloud.aws().batch().change(EmulatedCloud.QUEUE, queue -> queue.block(null));
    }
    assertThat(awaitEnd(job).status()).isEqualTo(Status.SUCCEEDED);
  }

  @Test
  void anotherAccountIsRefusedBeforeAnything() {
    var options =
        new CloudOptions(
            queue(), EmulatedCloud.DEFINITION, 50, null, "999999999999", Duration.ofSeconds(1));

    assertThatThrownBy(() -> CloudBackend.open(options, EmulatedCloud.clients(cloud.aws().url())))
        .isInstanceOf(WrongAccount.class)
        .hasMessageContaining("123456789012")
        .hasMessageContaining("999999999999");
  }

  @Test
  void theMoreJobsThereAreTheLessOftenTheyAreLookedAt() {
    assertThat(List.of(1, 2_500, 5_000, 10_000, 1_000_000))
        .extracting(backend::lookEvery)
        .containsExactly(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(60));
    try (var withEvents = cloud.backend(50, URI.create("http://127.0.0.1:1/events"))) {
      assertThat(withEvents.lookEvery(1)).isEqualTo(Duration.ofSeconds(60));
    }
  }
}
