package dev.core.orchestrator.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.core.common.json.Json;
import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.Outcome.WrittenDataset;
import dev.core.common.protocol.Outcome.WrittenFile;
import dev.core.common.protocol.WorkOrder;
import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import dev.core.orchestrator.command.Command;
import dev.core.orchestrator.engine.Mark;
import dev.core.orchestrator.engine.RetryPolicy;
import dev.core.orchestrator.engine.Selection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Clear, retry and mark, through the whole engine; what was recorded replays to the rows. */
class CorrectingTest {

  private static final RetryPolicy POLICY =
      new RetryPolicy(3, Duration.ZERO, Duration.ofSeconds(120), Duration.ofSeconds(5));
  private static final Selection ALL = new Selection.Everything();

  @BothDatabases
  void whatIsClearedWhileItRunsIsClosedFirstAndRunsAgain(TestDatabase testDatabase)
      throws Exception {
    try (var engine = new EngineFixture(testDatabase).lead(POLICY)) {
      engine.pipeline("flights", 1, 1, 2, 1);
      var started = new CountDownLatch(2);
      engine.backend.script =
          order ->
              order.state().equals("stage_1") && order.attempt() == 1
                  ? untilInterrupted(started)
                  : Outcome.success(null, List.of());
      long run = engine.start("flights");
      started.await();

      var answer = engine.ask(new Command.ClearTasks(run, ALL, "wrong input"));
      engine.awaitRun(run, "SUCCEEDED");

      assertThat(answer.message())
          .isEqualTo("run 1: 3 tasks run again, 2 of them are closed first");
      assertThat(engine.backend.grantedByTask)
          .hasSize(7)
          .allSatisfy((_, claimants) -> assertThat(claimants).hasSize(1));
      assertThat(
              engine.number(
                  "select count(*) from execution.attempts where status = 'CANCELLED'"
                      + " and close_reason = 'cleared by tester: wrong input'"))
          .isEqualTo(2);
      engine.replays(POLICY, run);
    }
  }

  @BothDatabases
  void aTaskMarkedWhileItRunsIsClosedFirstAndReturnsWhatWasSaidOfIt(TestDatabase testDatabase)
      throws Exception {
    try (var engine = new EngineFixture(testDatabase).lead(POLICY)) {
      engine.pipeline("flights", 1, 1, 1);
      engine.set(2, "note", "${task.flights_stage_0_work_1.result.rows} rows");
      var started = new CountDownLatch(1);
      var notes = new ConcurrentHashMap<String, String>();
      engine.backend.script =
          order -> {
            notes.put(order.taskKey(), order.variables().get("note").value());
            return order.state().equals("stage_0")
                ? untilInterrupted(started)
                : Outcome.success(null, List.of());
          };
      long run = engine.start("flights");
      started.await();

      var answer =
          engine.ask(
              new Command.MarkTasks(
                  run,
                  new Selection.OfTask("flights_stage_0_work_1", false),
                  "done by hand",
                  Mark.SUCCEEDED,
                  Json.tree("{\"rows\":7}")));
      engine.awaitRun(run, "SUCCEEDED");

      assertThat(answer.message())
          .isEqualTo("run 1: 1 task becomes SUCCEEDED, 1 of them is closed first");
      assertThat(notes).containsEntry("flights_stage_1_work_2", "7 rows");
      assertThat(engine.text("select marked_by from execution.tasks where task_index = 1"))
          .isEqualTo("tester");
      assertThat(engine.number("select count(*) from execution.attempts")).isEqualTo(2);
      engine.replays(POLICY, run);
    }
  }

  @BothDatabases
  void aTaskMarkedSkippedLetsThoseDownstreamOfItRun(TestDatabase testDatabase) {
    try (var engine = new EngineFixture(testDatabase).lead(POLICY)) {
      engine.pipeline("flights", 1, 2, 1);
      engine.backend.script =
          order ->
              order.taskKey().endsWith("_1")
                  ? Outcome.failure(FailureClass.USER, "no such column")
                  : Outcome.success(null, List.of());
      long run = engine.start("flights");
      engine.awaitRun(run, "FAILED");

      mark(engine, run, "flights_stage_0_work_1", Mark.SKIPPED);
      engine.awaitRun(run, "SUCCEEDED");

      assertThat(engine.taskStatuses(run)).isEqualTo(Map.of("SKIPPED", 1, "SUCCEEDED", 4));
      mark(engine, run, "flights_stage_1_work_3", Mark.FAILED);
      assertThat(engine.runStatus(run)).isEqualTo("FAILED");
      engine.replays(POLICY, run);
    }
  }

  /** The old version stays what others read until the new one is committed; then that is read. */
  @BothDatabases
  void whatAClearedTaskHadWrittenStaysVisibleUntilItIsReplaced(TestDatabase testDatabase)
      throws Exception {
    try (var engine = new EngineFixture(testDatabase).lead(POLICY)) {
      engine.pipeline("flights", 1, 1, 1);
      engine.set(1, "writes", "delays");
      engine.set(2, "reads", "stage_0/delays@run");
      var again = new CountDownLatch(1);
      var mayWrite = new CountDownLatch(1);
      var read = new ConcurrentHashMap<Integer, String>();
      engine.backend.script =
          order -> {
            order.inputs().forEach((_, input) -> read.put(order.attempt(), input.path()));
            if (order.state().equals("stage_0") && order.attempt() == 2) {
              again.countDown();
              try {
                mayWrite.await();
              } catch (InterruptedException e) {
                return null;
              }
            }
            return Outcome.success(null, written(order));
          };
      long run = engine.start("flights");
      engine.awaitRun(run, "SUCCEEDED");

      engine.ask(
          new Command.ClearTasks(run, new Selection.OfTask("flights_stage_0_work_1", true), ""));
      again.await();
      assertThat(engine.text("select max(path) from execution.datasets"))
          .isEqualTo("main/acme/road/stage_0/delays/run_id=1/attempt=1/");
      mayWrite.countDown();
      engine.awaitRun(run, "SUCCEEDED");

      assertThat(read)
          .isEqualTo(
              Map.of(
                  1, "main/acme/road/stage_0/delays/run_id=1/attempt=1/",
                  2, "main/acme/road/stage_0/delays/run_id=1/attempt=2/"));
      engine.replays(POLICY, run);
    }
  }

  @BothDatabases
  void aRunTakenUpAgainWaitsItsTurnWhateverTheOverlapPolicy(TestDatabase testDatabase)
      throws Exception {
    try (var engine = new EngineFixture(testDatabase).lead(POLICY)) {
      engine.pipeline("flights", 1, 1);
      for (String policy : List.of("QUEUE", "SKIP", "CANCEL_RUNNING")) {
        engine
            .jdbi()
            .useHandle(handle ->
                handle.execute("update configuration.pipelines set overlap_policy = ?", policy));
        engine.backend.script = _ -> Outcome.success(null, List.of());
        long older = engine.start("flights");
        engine.awaitRun(older, "SUCCEEDED");
        var started = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        engine.backend.script =
            order -> {
              if (order.runId() != older) {
                started.countDown();
                try {
                  mayEnd.await();
                } catch (InterruptedException e) {
                  return null;
                }
              }
              return Outcome.success(null, List.of());
            };
        long newer = engine.start("flights");
        started.await();

        var answer = engine.ask(new Command.ClearTasks(older, ALL, ""));

        assertThat(answer.message())
            .isEqualTo(
                "run %d: 1 task runs again, the run becomes QUEUED behind run %d"
                    .formatted(older, newer));
        assertThat(engine.runStatus(older)).isEqualTo("QUEUED");
        mayEnd.countDown();
        engine.awaitRun(newer, "SUCCEEDED");
        engine.awaitRun(older, "SUCCEEDED");
        assertThat(
                engine.number("select max(number) from execution.attempts where run_id = " + older))
            .isEqualTo(2);
      }
    }
  }

  @BothDatabases
  void whatCannotBeChangedIsRefusedAndSaysWhatCan(TestDatabase testDatabase) throws Exception {
    try (var engine = new EngineFixture(testDatabase).lead(POLICY)) {
      engine.pipeline("flights", 1, 1, 1);
      var started = new CountDownLatch(1);
      engine.backend.script = _ -> untilInterrupted(started);
      long run = engine.start("flights");
      started.await();

      assertThat(refusal(engine, new Command.ClearTasks(9, ALL, "")))
          .isEqualTo("there is no run 9");
      assertThat(
              refusal(engine, new Command.ClearTasks(run, new Selection.OfState("raw", true), "")))
          .isEqualTo("run 1 has no tasks in a state 'raw'; its states are stage_0, stage_1");
      assertThat(
              refusal(
                  engine,
                  new Command.ClearTasks(
                      run, new Selection.OfTask("stage_1_group_step_1", true), "")))
          .isEqualTo("run 1 has a spacer 'stage_1_group_step_1', which runs nothing; name a task");
      assertThat(
              refusal(
                  engine,
                  new Command.ClearTasks(
                      run, new Selection.OfTask("flights_stage_1_work_2", false), "")))
          .isEqualTo("task 'flights_stage_1_work_2' of run 1 is WAITING; it has not run yet");
      engine.ask(new Command.CancelRun(run, ""));
      engine.awaitRun(run, "CANCELLED");
      assertThat(
              refusal(
                  engine,
                  new Command.RetryTasks(
                      run, new Selection.OfTask("flights_stage_1_work_2", false), "")))
          .isEqualTo(
              "run 1 has failed or cancelled tasks before task 'flights_stage_1_work_2'; name those, or the whole run");
      assertThat(engine.runStatus(run)).isEqualTo("CANCELLED");
    }
  }

  private static String refusal(EngineFixture engine, Command command) {
    var answer = engine.ask(command);
    assertThat(answer.refused()).as(answer.message()).isTrue();
    return answer.message();
  }

  private static void mark(EngineFixture engine, long run, String task, Mark as) {
    JsonNode none = null;
    var answer =
        engine.ask(
            new Command.MarkTasks(run, new Selection.OfTask(task, false), "known", as, none));
    assertThat(answer.refused()).as(answer.message()).isFalse();
  }

  private static List<WrittenDataset> written(WorkOrder order) {
    return order.outputs().values().stream()
        .map(output ->
            new WrittenDataset(
                order.state(),
                output.dataset(),
                order.datasetsRoot(),
                output.path(),
                "csv",
                List.of(new WrittenFile("part-0.csv", 12, 3L)),
                3L))
        .toList();
  }

  private static @Nullable Outcome untilInterrupted(CountDownLatch started) {
    started.countDown();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      return null;
    }
    throw new IllegalStateException("nobody opens it");
  }
}
