package dev.core.orchestrator.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.json.Json;
import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.Outcome.WrittenDataset;
import dev.core.common.protocol.Outcome.WrittenFile;
import dev.core.common.protocol.WorkOrder;
import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import dev.core.orchestrator.command.Command;
import dev.core.orchestrator.command.CommandAnswer;
import dev.core.orchestrator.engine.RetryPolicy;
import dev.core.orchestrator.engine.Selection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Rerunning a date with the configuration as it is now. */
class RerunTest {

  private static final RetryPolicy POLICY =
      new RetryPolicy(3, Duration.ZERO, Duration.ofSeconds(120), Duration.ofSeconds(5));

  /** What was run, by {@code <run> <task key>}, with the paths of its inputs. */
  private final Map<String, Set<String>> ran = new ConcurrentHashMap<>();

  private EngineFixture lead(TestDatabase testDatabase) {
    var engine = new EngineFixture(testDatabase).lead(POLICY);
    engine.pipeline("flights", 1, 1, 2, 1);
    engine.set(1, "writes", "delays");
    engine.set(2, "reads", "stage_0/delays@run");
    engine.set(4, "reads", "stage_0/delays@run");
    engine.set(4, "note", "${task.flights_stage_0_work_1.result.rows} rows");
    engine.backend.script = this::work;
    return engine;
  }

  private Outcome work(WorkOrder order) {
    Set<String> paths = ConcurrentHashMap.newKeySet();
    order.inputs().values().forEach(input -> paths.add(input.path()));
    ran.put(order.runId() + " " + order.taskKey(), paths);
    return Outcome.success(Json.tree("{\"rows\":3}"), written(order));
  }

  private Map<String, Set<String>> ranIn(long run) {
    var tasks = new TreeMap<String, Set<String>>();
    ran.forEach((key, paths) -> {
      if (key.startsWith(run + " ")) {
        tasks.put(key.substring(key.indexOf(' ') + 1), paths);
      }
    });
    return tasks;
  }

  private static long rerun(EngineFixture engine, long run, boolean everything) {
    CommandAnswer answer = engine.ask(new Command.RerunRun(run, "manual", Map.of(), everything));
    assertThat(answer.refused()).as(answer.message()).isFalse();
    Long made = answer.runId();
    if (made == null) {
      throw new AssertionError(answer.message());
    }
    return made;
  }

  @BothDatabases
  void onlyWhatChangedAndWhatIsDownstreamOfItRuns(TestDatabase testDatabase) {
    try (var engine = lead(testDatabase)) {
      long first = engine.start("flights");
      engine.awaitRun(first, "SUCCEEDED");
      engine.set(2, "note", "edited");

      long second = rerun(engine, first, false);
      engine.awaitRun(second, "SUCCEEDED");

      String path = "main/acme/road/stage_0/delays/run_id=1/attempt=1/";
      assertThat(ranIn(second))
          .isEqualTo(
              Map.of(
                  "flights_stage_1_work_2", Set.of(path), "flights_stage_2_work_4", Set.of(path)));
      assertThat(
              engine.text(
                  "select logical_date || ' ' || (rerun_number - 1) from execution.runs where id = 2"))
          .isEqualTo(
              engine.text(
                  "select logical_date || ' ' || rerun_number from execution.runs where id = 1"));
      assertThat(engine.number("select count(*) from execution.tasks where taken_from_run = 1"))
          .isEqualTo(2);

      // What was taken over is taken over again, from where the work was done.
      engine.set(4, "writes", "more");
      long third = rerun(engine, second, false);
      engine.awaitRun(third, "SUCCEEDED");
      assertThat(ranIn(third).keySet()).containsExactly("flights_stage_2_work_4");
      assertThat(
              engine.number(
                  "select count(*) from execution.tasks where run_id = 3 and taken_from_run = 1"))
          .isEqualTo(2);
      engine.replays(POLICY, first, second, third);
    }
  }

  @BothDatabases
  void whatFailedRunsAfterItsConfigurationWasRepaired(TestDatabase testDatabase) {
    try (var engine = lead(testDatabase)) {
      engine.backend.script =
          order ->
              order.taskKey().endsWith("_2")
                  ? Outcome.failure(FailureClass.USER, "no such column")
                  : work(order);
      long first = engine.start("flights");
      engine.awaitRun(first, "FAILED");
      engine.backend.script = this::work;

      long second = rerun(engine, first, false);
      engine.awaitRun(second, "SUCCEEDED");

      assertThat(ranIn(second).keySet())
          .containsExactly("flights_stage_1_work_2", "flights_stage_2_work_4");
    }
  }

  @BothDatabases
  void aTaskTakenOverThatIsClearedRunsItselfAndItsOwnDatasetIsRead(TestDatabase testDatabase) {
    try (var engine = lead(testDatabase)) {
      long first = engine.start("flights");
      engine.awaitRun(first, "SUCCEEDED");
      long second = rerun(engine, first, false);
      engine.awaitRun(second, "SUCCEEDED");
      assertThat(ranIn(second)).as("nothing has changed").isEmpty();

      engine.ask(
          new Command.ClearTasks(second, new Selection.OfTask("flights_stage_0_work_1", true), ""));
      engine.awaitRun(second, "SUCCEEDED");

      assertThat(ranIn(second)).hasSize(4);
      assertThat(ranIn(second).get("flights_stage_2_work_4"))
          .containsExactly("main/acme/road/stage_0/delays/run_id=2/attempt=1/");
      engine.replays(POLICY, first, second);
    }
  }

  @BothDatabases
  void whatReadsANewerDatasetOfAnotherRunRuns(TestDatabase testDatabase) {
    try (var engine = lead(testDatabase)) {
      engine.pipeline("strikes", 1, 1, 1);
      engine.set(5, "reads", "stage_0/delays");
      engine.awaitRun(engine.start("flights"), "SUCCEEDED");
      long first = engine.start("strikes");
      engine.awaitRun(first, "SUCCEEDED");
      long same = rerun(engine, first, false);
      engine.awaitRun(same, "SUCCEEDED");
      assertThat(ranIn(same)).isEmpty();
      engine.awaitRun(engine.start("flights"), "SUCCEEDED");

      long second = rerun(engine, first, false);
      engine.awaitRun(second, "SUCCEEDED");

      assertThat(ranIn(second).keySet())
          .containsExactly("strikes_stage_0_work_5", "strikes_stage_1_work_6");
    }
  }

  @BothDatabases
  void everythingRunsIfThatIsAskedForOrAParameterIsAnother(TestDatabase testDatabase) {
    try (var engine = lead(testDatabase)) {
      engine
          .jdbi()
          .useHandle(handle ->
              handle.execute(
                  """
                  insert into configuration.pipeline_parameters
                    (pipeline_id, name, datatype, default_value)
                  select id, 'year', 'integer', '2007' from configuration.pipelines
                  """));
      var start = new Command.StartRun("flights", "manual", Map.of("year", "2008"), null);
      long first = java.util.Objects.requireNonNull(engine.ask(start).runId());
      engine.awaitRun(first, "SUCCEEDED");

      long all = rerun(engine, first, true);
      engine.awaitRun(all, "SUCCEEDED");
      assertThat(ranIn(all)).hasSize(4);
      long same = rerun(engine, first, false);
      engine.awaitRun(same, "SUCCEEDED");
      assertThat(ranIn(same)).isEmpty();
      assertThat(engine.text("select parameters from execution.runs where id = " + same))
          .contains("2008");

      var answer = engine.ask(new Command.RerunRun(first, "manual", Map.of("year", "2009"), false));

      assertThat(answer.message()).isEqualTo("run 4 of flights takes over 0 of 4 tasks of run 1");
      engine.awaitRun(4, "SUCCEEDED");
      assertThat(ranIn(4)).hasSize(4);
    }
  }

  @BothDatabases
  void aRunThatGoesOnIsNotRerun(TestDatabase testDatabase) throws Exception {
    try (var engine = lead(testDatabase)) {
      var started = new CountDownLatch(1);
      var mayEnd = new CountDownLatch(1);
      engine.backend.script =
          order -> {
            started.countDown();
            try {
              mayEnd.await();
            } catch (InterruptedException e) {
              return null;
            }
            return work(order);
          };
      long run = engine.start("flights");
      started.await();

      var answer = engine.ask(new Command.RerunRun(run, "manual", Map.of(), false));

      assertThat(answer.refused()).isTrue();
      assertThat(answer.message()).contains("run 1 is RUNNING; it can be rerun when it has ended");
      mayEnd.countDown();
      engine.awaitRun(run, "SUCCEEDED");
      engine
          .jdbi()
          .useHandle(
              handle -> handle.execute("delete from configuration.transformation_variables"));
      engine
          .jdbi()
          .useHandle(handle -> handle.execute("delete from configuration.transformations"));
      assertThat(engine.ask(new Command.RerunRun(run, "manual", Map.of(), false)).message())
          .contains("has no transformations");
    }
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
}
