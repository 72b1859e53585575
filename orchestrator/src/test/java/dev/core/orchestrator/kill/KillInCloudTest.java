package dev.core.orchestrator.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.core.emulator.AwsEmulator;
import dev.core.emulator.batch.ProcessContainers;
import dev.core.emulator.wire.Faults;
import dev.core.migrations.testing.TestDatabase;
import dev.core.migrations.testing.TestDatabases;
import dev.core.orchestrator.compute.cloud.EmulatedCloud;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The orchestrator in cloud mode and its jobs, which are processes, ended by SIGKILL while Batch
 * and the database live on. Each job costs the start of a JVM, and a job's death is seen by looking
 * every five seconds: this takes its time.
 */
@Tag("cloud")
class KillInCloudTest {

  private static final long SEED = 20_261_122;
  private static final int ORCHESTRATOR = 1;
  private static final int JOBS = 2;

  // Processes that were just killed may still be writing there.
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private final TestDatabase postgres = TestDatabases.postgres();
  private ProcessContainers jobs;
  private EmulatedCloud cloud;
  private Installed core;

  @BeforeEach
  void install() throws SQLException {
    KillOnPostgresTest.logins(postgres);
    jobs = EmulatedCloud.processes(folder);
    cloud = new EmulatedCloud(AwsEmulator.Options.brief(), jobs, 4);
    var settings = new TreeMap<>(KillOnPostgresTest.settings(postgres));
    settings.putAll(cloud.aws().environment());
    settings.put("CORE_MODE", "cloud");
    settings.put("CORE_AWS_ACCOUNT", AwsEmulator.ACCOUNT);
    settings.put("CORE_BATCH_SETTLE_SECONDS", "2");
    core = new Installed(folder, settings);
    cloud.publish(core.environment());
  }

  @AfterEach
  void remove() throws SQLException {
    try (postgres;
        var _ = cloud;
        var _ = core) {
      jobs.running().forEach(KillInCloudTest::kill);
    }
  }

  @Test
  void nothingIsLostOrDoneTwiceOrLeftBehindWhoeverIsKilledAndWhateverAnswersAreLost() {
    cloud
        .aws()
        .faults()
        .rates(new Faults.Rates(0.10, 0, 0, 0.20, Duration.ofSeconds(1), 0, Duration.ZERO));
    core.pipeline("kills", 4, 1, 4, 4);
    core.startServer();
    long run = core.start("kills");
    var random = new Random(SEED);

    for (int victims : List.of(ORCHESTRATOR, JOBS, ORCHESTRATOR | JOBS)) {
      core.awaitEvidence(core.evidence.size() + 1 + random.nextInt(2));
      var running = (victims & JOBS) == 0 ? List.<ProcessHandle>of() : awaitJobs();
      if ((victims & ORCHESTRATOR) != 0) {
        core.killServer();
      }
      running.forEach(KillInCloudTest::kill);
      if ((victims & ORCHESTRATOR) != 0) {
        core.startServer();
      }
    }
    core.awaitSucceeded(run);

    new Effects(core).areOnceAndWhole(run);
    assertThat(core.number("select sum(user_failures) from execution.tasks")).isZero();
    assertThat(core.number("select max(infrastructure_failures) from execution.tasks"))
        .as("jobs were killed at work")
        .isPositive();
    await().atMost(Installed.PATIENCE).until(() -> cloud.aws().batch().live() == 0);
    assertThat(jobs.running()).isEmpty();
  }

  @Test
  void aRestartOfTheOrchestratorTouchesNoJob() throws Exception {
    var go = folder.resolve("go");
    core.useDatabase(handle -> {
      Configured.pipeline(handle, "kills");
      for (int i = 0; i < 3; i++) {
        Configured.task(
            handle,
            "kills",
            0,
            "waiting_" + i,
            "echo here > %1$s.%2$d; while [ ! -e %1$s ]; do sleep 0.1; done; %3$s"
                .formatted(go, i, core.evidence.task("first")));
      }
    });
    core.startServer();
    long run = core.start("kills");
    await()
        .atMost(Installed.PATIENCE)
        .until(() -> List.of(0, 1, 2).stream().allMatch(i -> Files.exists(Path.of(go + "." + i))));
    var before = jobs.running();
    assertThat(before).hasSize(3);

    core.endServer();
    assertThat(jobs.running()).as("they live on").containsExactlyInAnyOrderElementsOf(before);
    core.startServer();
    await()
        .atMost(Installed.PATIENCE)
        .until(() -> core.number("select epoch from execution.leadership") > 1);
    Files.createFile(go);
    core.awaitSucceeded(run);

    new Effects(core).areOnceAndWhole(run);
    assertThat(core.number("select max(number) from execution.attempts")).isEqualTo(1);
    assertThat(core.number("select count(*) from execution.jobs")).isEqualTo(3);
    assertThat(cloud.aws().faults().calls("submitjob")).isEqualTo(3);
    assertThat(cloud.aws().faults().calls("terminatejob")).isZero();
  }

  /** Unless it has just ended by itself. */
  private static void kill(ProcessHandle job) {
    var _ = job.destroyForcibly();
    var _ = job.onExit().join();
  }

  private List<ProcessHandle> awaitJobs() {
    return await()
        .atMost(Installed.PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(jobs::running, running -> !running.isEmpty());
  }
}
