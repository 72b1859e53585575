package dev.core.orchestrator.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.core.common.json.Json;
import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.Outcome.WrittenDataset;
import dev.core.common.protocol.Outcome.WrittenFile;
import dev.core.common.protocol.WorkOrder;
import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import dev.core.orchestrator.command.Command;
import dev.core.orchestrator.engine.RetryPolicy;
import dev.core.orchestrator.engine.Selection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/** Tasks that are split in partitions, under the real leader. */
class FanOutTest {

  private static final RetryPolicy POLICY =
      new RetryPolicy(3, Duration.ZERO, Duration.ofSeconds(120), Duration.ofSeconds(5));

  private static EngineFixture engine(TestDatabase testDatabase, int attempts, String partitions) {
    var engine = new EngineFixture(testDatabase);
    engine.pipeline("flights", attempts, 1, 1);
    split(engine, 1, partitions);
    return engine;
  }

  private static void split(EngineFixture engine, int transformation, String partitions) {
    engine.execute(
        "update configuration.transformations set partitions = '%s' where id = %d"
            .formatted(partitions, transformation));
  }

  /** Each partition writes a file of its own, of as many rows as its number. */
  private static Outcome written(WorkOrder order, int partition) {
    var output = order.outputs().get("writes");
    return Outcome.success(
        JsonNodeFactory.instance.objectNode().put("rows", partition).put("note", "x"),
        output == null
            ? List.of()
            : List.of(
                new WrittenDataset(
                    order.state(),
                    output.dataset(),
                    order.datasetsRoot(),
                    output.path(),
                    "csv",
                    List.of(new WrittenFile("part-" + partition, 10, (long) partition)),
                    (long) partition)));
  }

  private static Map<Integer, Integer> timesGranted(EngineFixture engine) {
    var times = new TreeMap<Integer, Integer>();
    engine.backend.grantedByTask.forEach((key, claimants) -> {
      String[] parts = key.split("#", -1);
      if (parts.length == 3) {
        times.merge(Integer.parseInt(parts[2]), claimants.size(), Integer::sum);
      }
    });
    return times;
  }

  private static List<WrittenFile> files(EngineFixture engine) {
    return List.of(
        Json.read(engine.text("select files from execution.datasets"), WrittenFile[].class));
  }

  @BothDatabases
  void partitionsAreOneArrayAndTheirFilesOneDataset(TestDatabase testDatabase) {
    try (var engine = engine(testDatabase, 1, "20")) {
      engine.set(1, "writes", "delays");
      engine.backend.partitionScript = FanOutTest::written;

      long run = engine.lead().start("flights");
      engine.awaitRun(run, "SUCCEEDED");

      assertThat(engine.backend.sizes).containsExactly(20, 1);
      assertThat(timesGranted(engine))
          .hasSize(20)
          .allSatisfy((_, times) -> assertThat(times).isOne());
      assertThat(files(engine)).hasSize(20);
      assertThat(engine.number("select row_count from execution.datasets")).isEqualTo(190);
      assertThat(engine.text("select result from execution.tasks where task_index = 1"))
          .isEqualTo("{\"partitions\":20,\"rows\":190}");
      assertThat(engine.number("select count(*) from execution.claims where has_news")).isZero();
      engine.replays(POLICY, run);
    }
  }

  @BothDatabases
  void onlyWhatFailedIsTriedAgainAndTheDatasetHasAllOfThem(TestDatabase testDatabase) {
    try (var engine = engine(testDatabase, 3, "20")) {
      engine.set(1, "writes", "delays");
      engine.backend.partitionScript =
          (order, partition) ->
              (order.attempt() == 1 && Set.of(3, 7, 8).contains(partition))
                      || (order.attempt() == 2 && partition == 7)
                  ? Outcome.failure(FailureClass.USER, "broken file " + partition)
                  : written(order, partition);

      long run = engine.lead().start("flights");
      engine.awaitRun(run, "SUCCEEDED");

      assertThat(engine.backend.sizes).containsExactly(20, 3, 1, 1);
      assertThat(timesGranted(engine).entrySet().stream().filter(each -> each.getValue() > 1))
          .containsExactly(Map.entry(3, 2), Map.entry(7, 3), Map.entry(8, 2));
      assertThat(files(engine))
          .hasSize(20)
          .extracting(WrittenFile::path)
          .contains("attempt=1/part-0", "attempt=2/part-3", "attempt=3/part-7");
      assertThat(engine.number("select row_count from execution.datasets")).isEqualTo(190);
      assertThat(
              engine.text(
                  "select failure_message from execution.attempts where number = 1 and task_index = 1"))
          .isEqualTo("3 of 20 partitions failed: 3, 7, 8; partition 3: broken file 3");
      assertThat(engine.text("select done from execution.task_partitions"))
          .isEqualTo("{\"1\":\"0-2,4-6,9-19\",\"2\":\"3,8\",\"3\":\"7\"}");
      engine.replays(POLICY, run);
    }
  }

  @BothDatabases
  void retryRunsWhatFailedAndClearRunsAll(TestDatabase testDatabase) {
    try (var engine = engine(testDatabase, 1, "10")) {
      engine.backend.partitionScript =
          (order, partition) ->
              order.attempt() == 1 && partition >= 8
                  ? Outcome.failure(FailureClass.USER, "no")
                  : written(order, partition);
      long run = engine.lead().start("flights");
      engine.awaitRun(run, "FAILED");

      var _ = engine.ask(new Command.RetryTasks(run, new Selection.Everything(), ""));
      engine.awaitRun(run, "SUCCEEDED");
      assertThat(engine.backend.sizes).containsExactly(10, 2, 1);

      var _ = engine.ask(new Command.ClearTasks(run, new Selection.Everything(), ""));
      await().atMost(EngineFixture.PATIENCE).until(() -> engine.backend.sizes.size() == 5);
      engine.awaitRun(run, "SUCCEEDED");
      assertThat(engine.backend.sizes).containsExactly(10, 2, 1, 10, 1);
      engine.replays(POLICY, run);
    }
  }

  @BothDatabases
  void aPoolLetsPartitionsThroughInWaves(TestDatabase testDatabase) {
    try (var engine = engine(testDatabase, 1, "25")) {
      engine.execute(
          "insert into configuration.pools (name, slots) values ('licences', 8)",
          "update configuration.transformation_templates set pool_id = 1");
      var inside = ConcurrentHashMap.<Integer>newKeySet();
      var most = new ArrayList<Integer>();
      engine.backend.partitionScript =
          (order, partition) -> {
            inside.add(partition);
            synchronized (most) {
              most.add(inside.size());
            }
            inside.remove(partition);
            return written(order, partition);
          };

      long run = engine.lead().start("flights");
      engine.awaitRun(run, "SUCCEEDED");

      assertThat(most).allMatch(each -> each <= 8);
      assertThat(timesGranted(engine)).hasSize(25);
      assertThat(engine.backend.sizes).startsWith(8).hasSizeLessThan(10);
      assertThat(engine.number("select count(*) from execution.chunks"))
          .isEqualTo(engine.backend.sizes.size() - 1);
      engine.replays(POLICY, run);
    }
  }

  @BothDatabases
  void cancellingInMidArrayEndsItAndKeepsWhatWasDone(TestDatabase testDatabase) throws Exception {
    try (var engine = engine(testDatabase, 1, "20")) {
      var stuck = new CountDownLatch(10);
      engine.backend.partitionScript =
          (order, partition) -> {
            if (partition < 10 || order.attempt() > 1) {
              return written(order, partition);
            }
            stuck.countDown();
            try {
              new CountDownLatch(1).await();
              return null;
            } catch (InterruptedException e) {
              return null;
            }
          };
      long run = engine.lead().start("flights");
      stuck.await();
      await()
          .atMost(EngineFixture.PATIENCE)
          .until(
              () -> engine.number("select max(succeeded) from execution.attempt_partitions") == 10);

      var _ = engine.ask(new Command.CancelRun(run, "enough"));
      engine.awaitRun(run, "CANCELLED");

      assertThat(engine.number("select count(*) from execution.claims where closed_at is null"))
          .isEqualTo(10);
      assertThat(engine.text("select status from execution.jobs")).isEqualTo("FAILED");

      var _ = engine.ask(new Command.RetryTasks(run, new Selection.Everything(), ""));
      engine.awaitRun(run, "SUCCEEDED");
      assertThat(engine.backend.sizes).containsExactly(20, 10, 1);
      engine.replays(POLICY, run);
    }
  }

  @BothDatabases
  void cancellingBetweenTwoArraysEndsWhatHasNoJobLeft(TestDatabase testDatabase) throws Exception {
    try (var engine = engine(testDatabase, 1, "9")) {
      engine.execute(
          "insert into configuration.pools (name, slots) values ('licences', 4)",
          "update configuration.transformation_templates set pool_id = 1");
      var go = new CountDownLatch(1);
      engine.backend.partitionScript =
          (order, partition) -> {
            try {
              go.await();
            } catch (InterruptedException e) {
              return null;
            }
            return written(order, partition);
          };
      long run = engine.lead().start("flights");
      await().atMost(EngineFixture.PATIENCE).until(() -> engine.backend.sizes.size() == 1);
      engine.execute("update configuration.pools set slots = 0");
      go.countDown();
      await()
          .atMost(EngineFixture.PATIENCE)
          .until(() ->
              engine.number("select count(*) from execution.jobs where status = 'SUCCEEDED'") == 1);

      var _ = engine.ask(new Command.CancelRun(run, "enough"));
      engine.awaitRun(run, "CANCELLED");

      engine.execute("update configuration.pools set slots = 9");
      var _ = engine.ask(new Command.RetryTasks(run, new Selection.Everything(), ""));
      engine.awaitRun(run, "SUCCEEDED");
      assertThat(engine.backend.sizes).containsExactly(4, 5, 1);
      engine.replays(POLICY, run);
    }
  }

  @BothDatabases
  void anotherLeaderTakesOverInMidArray(TestDatabase testDatabase) throws Exception {
    try (var engine = engine(testDatabase, 2, "30")) {
      engine.set(1, "writes", "delays");
      var half = new CountDownLatch(30);
      var go = new CountDownLatch(1);
      engine.backend.partitionScript =
          (order, partition) -> {
            half.countDown();
            if (partition % 2 == 1) {
              try {
                go.await();
              } catch (InterruptedException e) {
                return null;
              }
            }
            return partition % 10 == 9 && order.attempt() == 1
                ? Outcome.failure(FailureClass.USER, "nine")
                : written(order, partition);
          };
      long run = engine.lead().start("flights");
      half.await();
      await()
          .atMost(EngineFixture.PATIENCE)
          .until(
              () -> engine.number("select max(succeeded) from execution.attempt_partitions") > 4);

      engine.stopLeading();
      go.countDown();
      engine.lead();
      engine.awaitRun(run, "SUCCEEDED");

      assertThat(engine.backend.sizes).containsExactly(30, 3, 1);
      assertThat(files(engine)).hasSize(30);
      engine.replays(POLICY, run);
    }
  }

  @BothDatabases
  void theNumberMayComeFromAnUpstreamTask(TestDatabase testDatabase) {
    try (var engine = new EngineFixture(testDatabase)) {
      engine.pipeline("flights", 2, 1, 1);
      split(engine, 2, "${task.flights_stage_0_work_1.result.n}");
      engine.backend.script =
          _ -> Outcome.success(JsonNodeFactory.instance.objectNode().put("n", 5), List.of());
      engine.backend.partitionScript = FanOutTest::written;

      long run = engine.lead().start("flights");
      engine.awaitRun(run, "SUCCEEDED");
      assertThat(engine.backend.sizes).containsExactly(1, 5);

      engine.backend.script =
          _ -> Outcome.success(JsonNodeFactory.instance.objectNode().put("n", 0), List.of());
      long other = engine.start("flights");
      engine.awaitRun(other, "FAILED");
      assertThat(
              engine.text(
                  "select failure_class || ' ' || failure_message from execution.tasks where status = 'FAILED'"))
          .isEqualTo(
              "CONFIGURATION partitions: '0' is no number of partitions; it must be a whole number"
                  + " from 1 to 100,000; from '${task.flights_stage_0_work_1.result.n}'");
    }
  }

  @BothDatabases
  void partitionsThatDieWithoutAWordAreLostAloneAndNotTheUsersFault(TestDatabase testDatabase) {
    try (var engine = engine(testDatabase, 1, "12")) {
      engine.backend.partitionScript =
          (order, partition) ->
              order.attempt() == 1 && partition % 4 == 0 ? null : written(order, partition);

      long run = engine.lead().start("flights");
      engine.awaitRun(run, "SUCCEEDED");

      assertThat(engine.backend.sizes).containsExactly(12, 3, 1);
      assertThat(
              engine.text(
                  "select failure_class || ' ' || failure_message from execution.attempts where status = 'FAILED'"))
          .isEqualTo(
              "INFRASTRUCTURE 3 of 12 partitions failed: 0, 4, 8; partition 0: its job ended"
                  + " without an outcome, exit code 137");
      assertThat(engine.number("select user_failures from execution.tasks where task_index = 1"))
          .isZero();
      engine.replays(POLICY, run);
    }
  }

  @BothDatabases
  void lostRepliesAndRequestsGiveEachPartitionOneEffectiveExecution(TestDatabase testDatabase) {
    try (var engine = engine(testDatabase, 1, "40")) {
      engine.tasksAtOnce(10);
      engine.backend.partitionScript = FanOutTest::written;
      var asked = ConcurrentHashMap.<String>newKeySet();
      engine.backend.answers =
          request ->
              asked.add(request.name())
                  ? ScriptedBackend.Answer.values()[
                      Math.floorMod(request.firstIndex(), ScriptedBackend.Answer.values().length)]
                  : ScriptedBackend.Answer.ACCEPT;

      long run = engine.lead().start("flights");
      engine.awaitRun(run, "SUCCEEDED");

      assertThat(timesGranted(engine).keySet())
          .containsExactlyElementsOf(IntStream.range(0, 40).boxed().toList());
      assertThat(timesGranted(engine)).allSatisfy((_, times) -> assertThat(times).isOne());
      engine.replays(POLICY, run);
    }
  }
}
