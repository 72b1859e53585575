package dev.core.orchestrator.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.core.common.protocol.jdbc.JdbcWorkerProtocol;
import dev.core.emulator.AwsEmulator;
import dev.core.emulator.batch.Containers.Exit;
import dev.core.emulator.batch.EventQueue;
import dev.core.emulator.batch.ScriptedContainers;
import dev.core.emulator.servers.QueueServer;
import dev.core.emulator.wire.Faults;
import dev.core.migrations.testing.TestDatabases;
import dev.core.orchestrator.compute.cloud.EmulatedCloud;
import dev.core.orchestrator.engine.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the engine learns of jobs of Batch that end without a word of a worker. */
@Tag("cloud")
@Timeout(120)
class CloudObservationTest {

  private static final RetryPolicy POLICY =
      new RetryPolicy(3, Duration.ZERO, Duration.ofSeconds(120), Duration.ofSeconds(60));
  private static final Exit RECLAIMED =
      new Exit(null, "Host EC2 (instance i-0abc) terminated.", null);

  /** First attempts are lost, second ones succeed. */
  private static ScriptedContainers lossy(ScriptedJobs scripted) {
    return new ScriptedContainers(job -> {
      if (job.start().jobName().contains("-a1-")) {
        job.end(RECLAIMED);
      } else {
        scripted.accept(job);
      }
    });
  }

  @Test
  void deathsAreHeardOfSoonThroughEventsThatComeTwiceLateAndInAnyOrder() {
    int jobs = 30;
    try (var scripted = new ScriptedJobs(false);
        var queues = QueueServer.start(0);
        var cloud = new EmulatedCloud(AwsEmulator.Options.brief(), lossy(scripted), jobs);
        var engine = new EngineFixture(TestDatabases.postgres())) {
      var aws = cloud.aws();
      var events = queues.create("events");
      aws.batch()
          .onEvent(new EventQueue(aws.time(), aws.faults(), queues.url(), events.toString()));
      aws.faults().rates(new Faults.Rates(0, 0, 0, 0, Duration.ZERO, 0.5, Duration.ofSeconds(2)));
      cloud.publish(Map.of());
      scripted.over(new JdbcWorkerProtocol(engine.database.jdbi(), engine.database.dialect()));
      engine.pipeline("wide", 1, jobs);
      try (var backend = cloud.backend(1_000, events)) {
        engine.lead(backend, POLICY);
        long run = engine.start("wide");
        Duration look = backend.lookEvery(jobs);
        engine.awaitRun(run, "SUCCEEDED", look.minusSeconds(5));

        assertThat(scripted.effects()).hasSize(jobs).containsOnly(1);
        assertThat(engine.number("select count(*) from execution.attempts")).isEqualTo(2 * jobs);
        assertThat(
                engine.text(
                    "select distinct failure_class from execution.attempts where number = 1"))
            .isEqualTo("INFRASTRUCTURE");
        assertThat(aws.faults().calls("describejobs"))
            .as("the safety net was not what found them")
            .isLessThanOrEqualTo(1);
        engine.stopLeading();
      }
    }
  }

  @Test
  void aJobThatBatchNoLongerKnowsIsGoneAfterFiveMinutesAndNotBefore() {
    var postgres = TestDatabases.postgres();
    try (var scripted = new ScriptedJobs(false);
        var cloud =
            new EmulatedCloud(AwsEmulator.Options.brief(), new ScriptedContainers(scripted), 1);
        var engine = new EngineFixture(postgres);
        var clock = new ClockUnderTest(postgres, engine.jdbi())) {
      var batch = cloud.aws().batch();
      cloud.publish(Map.of());
      scripted.over(new JdbcWorkerProtocol(engine.database.jdbi(), engine.database.dialect()));
      batch.change(
          EmulatedCloud.QUEUE, queue -> queue.block("CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY"));
      engine.pipeline("one", 1, 1);
      try (var backend = cloud.backend(50, null)) {
        engine.lead(backend, POLICY);
        long run = engine.start("one");
        await().until(() -> engine.number("select count(*) from execution.jobs") == 1);
        batch.forget(engine.text("select job_id from execution.jobs"));

        int looks = cloud.aws().faults().calls("describejobs");
        Instant now = Instant.now();
        for (int minutes = 1; minutes <= 4; minutes++) {
          clock.set(now.plus(Duration.ofMinutes(minutes)).toString());
          int atLeast = looks + minutes;
          await().until(() -> cloud.aws().faults().calls("describejobs") >= atLeast);
        }
        assertThat(engine.text("select status from execution.jobs")).isEqualTo("PENDING");
        clock.set(now.plus(Duration.ofMinutes(7)).toString());
        await().until(() -> engine.number("select count(*) from execution.jobs") == 2);
        assertThat(engine.text("select min(status) from execution.jobs")).isEqualTo("GONE");
        // It was only forgotten, and comes late.
        batch.change(EmulatedCloud.QUEUE, queue -> queue.block(null));
        engine.awaitRun(run, "SUCCEEDED");

        assertThat(engine.number("select count(*) from execution.attempts")).isEqualTo(2);
        await().untilAsserted(() -> assertThat(scripted.refused()).isEqualTo(1));
        assertThat(scripted.effects()).containsExactly(1);
        engine.stopLeading();
      }
    }
  }
}
