package dev.core.orchestrator.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.core.emulator.AwsEmulator;
import dev.core.emulator.batch.Delays;
import dev.core.emulator.batch.ScriptedContainers;
import dev.core.migrations.testing.TestDatabases;
import dev.core.orchestrator.command.Command;
import dev.core.orchestrator.compute.cloud.EmulatedCloud;
import dev.core.orchestrator.engine.RetryPolicy;
import dev.core.orchestrator.engine.Selection;
import dev.core.orchestrator.engine.loop.ScriptedPartitions.End;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Arrays of AWS Batch under the whole engine, over the wire, with thousands of partitions. */
@Tag("cloud")
@Timeout(300)
class CloudFanOutTest {

  private static final RetryPolicy POLICY =
      new RetryPolicy(3, Duration.ZERO, Duration.ofSeconds(120), Duration.ofSeconds(60));
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int RATE = 50;

  private interface Story {
    void tell(EngineFixture engine, EmulatedCloud cloud) throws Exception;
  }

  private static void over(ScriptedPartitions scripted, String partitions, int slots, Story story)
      throws Exception {
    var options = new AwsEmulator.Options(0, 1, Delays.brief(), RATE, 4);
    try (scripted;
        var cloud = new EmulatedCloud(options, new ScriptedContainers(scripted), slots);
        var engine = new EngineFixture(TestDatabases.postgres())) {
      cloud.publish(Map.of());
      scripted.over(engine.jdbi());
      engine.tasksAtOnce(100_000).pipeline("wide", 2, 1);
      engine.execute("update configuration.transformations set partitions = '" + partitions + "'");
      try (var backend = cloud.backend(RATE, null)) {
        engine.lead(backend, POLICY);
        story.tell(engine, cloud);
        engine.stopLeading();
      }
    }
  }

  @Test
  void tenThousandPartitionsAreAFewCallsAndTheRetryRunsTheSevenThatFailed() throws Exception {
    int of = 10_000;
    var bad = Set.of(3, 77, 1_234, 9_999);
    var dying = Set.of(0, 4_321, 5_000);
    var scripted =
        new ScriptedPartitions((order, partition) ->
            order.attempt() > 1 || !(bad.contains(partition) || dying.contains(partition))
                ? End.SUCCEEDS
                : bad.contains(partition) ? End.FAILS : End.DIES);
    over(
        scripted,
        String.valueOf(of),
        400,
        (engine, cloud) -> {
          var faults = cloud.aws().faults();
          long run = engine.start("wide");
          await()
              .atMost(PATIENCE)
              .pollInterval(Duration.ofMillis(10))
              .until(() -> {
                int done = succeeded(engine);
                return done > 0 && done < of - bad.size() - dying.size();
              });
          engine.awaitRun(run, "SUCCEEDED", PATIENCE);

          assertThat(faults.calls("submitjob")).isEqualTo(2);
          assertThat(faults.calls("listjobs")).as("lists of what failed").isBetween(1, 60);
          assertThat(engine.number("select max(length(job_id)) from execution.jobs"))
              .as("parents alone are known")
              .isEqualTo(36);
          assertThat(scripted.effects()).hasSize(of + 7).containsValue(1);
          assertThat(scripted.effects().values()).containsOnly(1);
          var retried = new TreeSet<Integer>();
          scripted.effects().keySet().stream()
              .filter(each -> each.contains("#2#"))
              .forEach(
                  each -> retried.add(Integer.valueOf(each.substring(each.lastIndexOf('#') + 1))));
          var failed = new TreeSet<>(bad);
          failed.addAll(dying);
          assertThat(retried).isEqualTo(failed);
          assertThat(engine.text("select failure_message from execution.attempts where number = 1"))
              .startsWith("7 of 10,000 partitions failed (4 USER, 3 INFRASTRUCTURE): 0, 3, 77");
          assertThat(engine.number("select done_count from execution.task_partitions"))
              .isEqualTo(of);
          assertThat(cloud.aws().batch().live()).isZero();
        });
  }

  private static int succeeded(EngineFixture engine) {
    return engine.number("select coalesce(max(succeeded), 0) from execution.attempt_partitions");
  }

  @Test
  void tenThousandAndOnePartitionsAreAnArrayAndAPlainJob() throws Exception {
    var scripted = new ScriptedPartitions((_, _) -> End.SUCCEEDS);
    over(
        scripted,
        "10001",
        2_000,
        (engine, cloud) -> {
          long run = engine.start("wide");
          engine.awaitRun(run, "SUCCEEDED", PATIENCE);

          assertThat(cloud.aws().faults().calls("submitjob")).isEqualTo(2);
          assertThat(
                  engine.text(
                      "select string_agg(size::text, ',' order by first_index) from execution.chunks"))
              .isEqualTo("10000,1");
          assertThat(scripted.effects()).hasSize(10_001);
        });
  }

  @Test
  void aPoolOfAHundredLetsAThousandThroughInArraysOfItsSize() throws Exception {
    var scripted = new ScriptedPartitions((_, _) -> End.SUCCEEDS);
    over(
        scripted,
        "1000",
        2_000,
        (engine, cloud) -> {
          engine.execute(
              "insert into configuration.pools (name, slots) values ('licences', 100)",
              "update configuration.transformation_templates set pool_id = 1");
          long run = engine.start("wide");
          engine.awaitRun(run, "SUCCEEDED", PATIENCE);

          assertThat(cloud.aws().faults().calls("submitjob")).isBetween(10, 25);
          assertThat(engine.number("select max(size) from execution.chunks")).isEqualTo(100);
          assertThat(scripted.effects()).hasSize(1_000);
        });
  }

  @Test
  void anArrayIsCancelledByItsParentAndOnlyWhatWasLeftRunsAgain() throws Exception {
    var scripted =
        new ScriptedPartitions((order, partition) ->
            partition % 2 == 0 || order.attempt() > 1 ? End.SUCCEEDS : End.WAITS);
    over(
        scripted,
        "2000",
        5_000,
        (engine, cloud) -> {
          long run = engine.start("wide");
          await().atMost(PATIENCE).until(() -> succeeded(engine) == 1_000);
          await().atMost(PATIENCE).until(() -> scripted.effects().size() == 2_000);

          assertThat(engine.ask(new Command.CancelRun(run, "enough")).refused()).isFalse();
          engine.awaitRun(run, "CANCELLED", PATIENCE);

          assertThat(cloud.aws().faults().calls("terminatejob")).isEqualTo(1);
          assertThat(cloud.aws().batch().live()).isZero();
          var _ = engine.ask(new Command.RetryTasks(run, new Selection.Everything(), ""));
          engine.awaitRun(run, "SUCCEEDED", PATIENCE);
          assertThat(
                  engine.text(
                      "select string_agg(size::text, ',' order by attempt_id) from execution.chunks"))
              .isEqualTo("2000,1000");
        });
  }
}
