package dev.core.orchestrator.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.core.common.protocol.jdbc.JdbcWorkerProtocol;
import dev.core.emulator.AwsEmulator;
import dev.core.emulator.batch.Containers.Exit;
import dev.core.emulator.batch.Delays;
import dev.core.emulator.batch.ScriptedContainers;
import dev.core.emulator.wire.Faults.Fault;
import dev.core.migrations.testing.TestDatabases;
import dev.core.orchestrator.command.Command;
import dev.core.orchestrator.compute.cloud.EmulatedCloud;
import dev.core.orchestrator.engine.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Cloud mode on emulators that are not ours, as far as ours can play them. */
@Tag("cloud")
@Timeout(120)
class SparseBatchTest {

  private static final RetryPolicy POLICY =
      new RetryPolicy(3, Duration.ZERO, Duration.ofSeconds(120), Duration.ofSeconds(60));
  private static final AwsEmulator.Options OPTIONS =
      new AwsEmulator.Options(0, 1, Delays.none(), 1_000, 4);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void aRunSucceedsThoughJobsEndAtOnceAndNothingOptionalIsSaid() {
    try (var scripted = new ScriptedJobs(false);
        var cloud =
            sparse(
                new ScriptedContainers(job -> {
                  // The first one of the first task dies before it has claimed, and nobody says
                  // why.
                  if (job.start().jobName().startsWith("r1-t1-a1-")) {
                    job.end(new Exit(null, "unheard", null));
                  } else {
                    scripted.accept(job);
                  }
                }));
        var engine = new EngineFixture(TestDatabases.postgres())) {
      scripted.over(new JdbcWorkerProtocol(engine.database.jdbi(), engine.database.dialect()));
      engine.pipeline("wide", 1, 20, 150);
      cloud.aws().faults().next("submitjob", Fault.LOST_AFTER, Fault.NONE, Fault.LOST_AFTER);
      try (var backend = cloud.backend(1_000, null)) {
        engine.lead(backend, POLICY);
        long run = engine.start("wide");
        engine.awaitRun(run, "SUCCEEDED", PATIENCE);

        assertThat(scripted.effects()).hasSize(170).containsOnly(1);
        assertThat(engine.number("select sum(infrastructure_failures) from execution.tasks"))
            .isEqualTo(1);
        assertThat(engine.number("select sum(user_failures) from execution.tasks")).isZero();
        engine.stopLeading();
      }
    }
  }

  @Test
  void aRunIsCancelledThoughEndedJobsAreRefusedWithOtherErrors() {
    int jobs = 130;
    try (var scripted = new ScriptedJobs(true);
        var cloud = sparse(new ScriptedContainers(scripted));
        var engine = new EngineFixture(TestDatabases.postgres())) {
      scripted.over(new JdbcWorkerProtocol(engine.database.jdbi(), engine.database.dialect()));
      engine.pipeline("wide", 1, jobs);
      try (var backend = cloud.backend(1_000, null)) {
        engine.lead(backend, POLICY);
        long run = engine.start("wide");
        await().atMost(PATIENCE).until(() -> scripted.effects().size() == jobs);
        String job = engine.text("select min(job_id) from execution.jobs");
        assertThat(backend.logs(job, null).lines()).isEmpty();
        assertThat(backend.standing(EmulatedCloud.QUEUE, List.of(job)))
            .containsEntry(job, "RUNNING");

        assertThat(engine.ask(new Command.CancelRun(run, "enough")).refused()).isFalse();
        engine.awaitRun(run, "CANCELLED", PATIENCE);

        assertThat(cloud.aws().batch().live()).isZero();
        backend.terminate(List.of(job, "no-such-job"), "again");
        assertThat(engine.number("select count(*) from execution.jobs where status = 'FAILED'"))
            .isEqualTo(jobs);
        engine.stopLeading();
      }
    }
  }

  private static EmulatedCloud sparse(ScriptedContainers containers) {
    var cloud = new EmulatedCloud(AwsEmulator.startSparse(OPTIONS, containers), 1_000);
    cloud.publish(Map.of());
    return cloud;
  }
}
