package dev.core.orchestrator.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import dev.core.orchestrator.command.Command;
import dev.core.orchestrator.store.PoolQueries;
import dev.core.orchestrator.store.PoolSummary;
import java.time.Duration;
import java.util.Map;

/** Limits, pools and priorities under the real leader; each task is held until it is let out. */
class LimitsTest {

  private static final String IN_POOL =
      "update configuration.transformation_templates set pool_id = 1";

  private final Gate gate = new Gate();

  private EngineFixture engine(TestDatabase testDatabase) {
    var engine = new EngineFixture(testDatabase);
    engine.backend.script = gate;
    return engine;
  }

  private static void pool(EngineFixture engine, int slots) {
    engine.execute(
        "insert into configuration.pools (name, slots) values ('licences', " + slots + ")",
        IN_POOL);
  }

  @BothDatabases
  void aPoolLimitsTheTasksOfAllPipelinesAndFollowsItsEdits(TestDatabase testDatabase) {
    try (var engine = engine(testDatabase).lead()) {
      engine.pipeline("flights", 1, 5);
      engine.pipeline("strikes", 1, 5);
      pool(engine, 2);
      long first = engine.start("flights");
      long second = engine.start("strikes");
      gate.awaitInside(2);

      engine.execute("update configuration.pools set slots = 4");
      gate.awaitInside(4);

      engine.execute("update configuration.pools set slots = 1");
      gate.letOut(3);
      gate.awaitInside(1);
      gate.letOut(1);
      gate.awaitInside(1);

      engine.execute("update configuration.pools set name = 'seats', slots = 3");
      gate.awaitInside(3);
      assertThat(pool(engine, "seats"))
          .returns(3, PoolSummary::used)
          .returns(3, PoolSummary::waiting);
      gate.letOut(10);
      engine.awaitRun(first, "SUCCEEDED");
      engine.awaitRun(second, "SUCCEEDED");
      assertThat(pool(engine, "seats"))
          .returns(0, PoolSummary::used)
          .returns(0, PoolSummary::waiting);
    }
  }

  @BothDatabases
  void tasksOfADeletedPoolWaitUntilItIsMadeAgain(TestDatabase testDatabase) {
    try (var engine = engine(testDatabase).lead()) {
      engine.pipeline("flights", 1, 3);
      pool(engine, 1);
      long run = engine.start("flights");
      gate.awaitInside(1);

      engine.execute(
          "update configuration.transformation_templates set pool_id = null",
          "delete from configuration.pools");
      gate.letOut(1);
      gate.awaitInside(0);
      assertThat(pool(engine, "licences"))
          .returns(true, PoolSummary::missing)
          .returns(2, PoolSummary::waiting);

      engine.execute("insert into configuration.pools (name, slots) values ('licences', 2)");
      gate.awaitInside(2);
      gate.letOut(2);
      engine.awaitRun(run, "SUCCEEDED");
    }
  }

  @BothDatabases
  void theOrchestratorHasNoMoreTasksAtOnceThanItMay(TestDatabase testDatabase) {
    try (var engine = engine(testDatabase).tasksAtOnce(3).lead()) {
      engine.pipeline("flights", 1, 4);
      engine.pipeline("strikes", 1, 4);
      long first = engine.start("flights");
      long second = engine.start("strikes");

      gate.awaitInside(3);
      gate.letOut(2);
      gate.awaitInside(3);
      assertThat(gate.inside()).filteredOn(task -> task.startsWith("1/")).hasSize(2);
      gate.letOut(6);
      engine.awaitRun(first, "SUCCEEDED");
      engine.awaitRun(second, "SUCCEEDED");
    }
  }

  @BothDatabases
  void aPipelinesLimitIsSharedByItsRunsAndHigherPrioritiesGoFirst(TestDatabase testDatabase) {
    try (var engine = engine(testDatabase).lead()) {
      engine.pipeline("flights", 1, 3);
      engine.execute(
          """
          update configuration.pipelines
          set overlap_policy = 'PARALLEL', overlap_limit = 3, parallel_task_limit = 2
          """);
      long first = engine.start("flights");
      long second = engine.start("flights");
      engine.execute("update configuration.pipelines set priority = 10");
      long urgent = engine.start("flights");

      gate.awaitInside(2);
      assertThat(gate.inside()).allMatch(task -> task.startsWith(first + "/"));
      gate.letOut(2);
      gate.awaitInside(2);
      assertThat(gate.inside()).allMatch(task -> task.startsWith(urgent + "/"));
      gate.letOut(7);
      engine.awaitRun(first, "SUCCEEDED");
      engine.awaitRun(second, "SUCCEEDED");
      engine.awaitRun(urgent, "SUCCEEDED");
    }
  }

  @BothDatabases
  void tasksThatAreBeingCancelledKeepTheirSlotsUntilTheirJobsHaveEnded(TestDatabase testDatabase) {
    try (var engine = engine(testDatabase)) {
      engine.backend.terminates = false;
      engine.lead();
      engine.pipeline("flights", 1, 2);
      engine.pipeline("strikes", 1, 2);
      pool(engine, 2);
      long cancelled = engine.start("flights");
      gate.awaitInside(2);
      long other = engine.start("strikes");

      engine.ask(new Command.CancelRun(cancelled, "not needed"));
      engine.awaitRun(cancelled, "CANCELLING");
      gate.awaitInside(2);
      assertThat(engine.taskStatuses(other)).containsEntry("READY", 2);

      gate.letOut(1);
      await()
          .atMost(EngineFixture.PATIENCE)
          .until(() -> gate.inside().stream().anyMatch(task -> task.startsWith(other + "/")));
      gate.awaitInside(2);
      gate.letOut(3);
      engine.awaitRun(cancelled, "CANCELLED");
      engine.awaitRun(other, "SUCCEEDED");
    }
  }

  @BothDatabases
  void tasksOfAQuarantinedRunKeepTheirSlotsAlsoUnderTheNextLeader(TestDatabase testDatabase) {
    try (var engine = engine(testDatabase).lead()) {
      engine.pipeline("poisoned", 1, 2);
      engine.pipeline("healthy", 1, 2);
      pool(engine, 2);
      long poisoned = engine.start("poisoned");
      gate.awaitInside(2);
      engine.execute(
          """
          alter table execution.tasks add constraint poison
            check (run_id > 1 or status <> 'SUCCEEDED' or kind = 'SPACER')
          """);
      gate.letOut(1);
      await()
          .atMost(EngineFixture.PATIENCE)
          .until(() ->
              engine.number("select count(*) from execution.runs where quarantined_at is not null")
                  == 1);
      long healthy = engine.start("healthy");

      // One of its two workers has finished, though nobody dealt with that.
      await().atMost(EngineFixture.PATIENCE).until(() -> gate.inside().size() == 2);
      gate.awaitInside(2);
      engine.stopLeading();
      engine.lead();
      gate.awaitInside(2);
      assertThat(engine.taskStatuses(healthy)).containsEntry("READY", 1);
      assertThat(pool(engine, "licences"))
          .returns(2, PoolSummary::used)
          .returns(1, PoolSummary::waiting);

      engine.execute("alter table execution.tasks drop constraint poison");
      engine.ask(new Command.ReleaseRun(poisoned));
      gate.letOut(3);
      engine.awaitRun(poisoned, "SUCCEEDED");
      engine.awaitRun(healthy, "SUCCEEDED");
    }
  }

  @BothDatabases
  void runsOfOnePipelineQueue(TestDatabase testDatabase) {
    try (var engine = engine(testDatabase).lead()) {
      engine.pipeline("flights", 1, 1);
      long first = engine.start("flights");
      long second = engine.start("flights");
      gate.awaitInside(1);
      assertThat(engine.runStatus(second)).isEqualTo("QUEUED");

      gate.letOut(2);
      engine.awaitRun(first, "SUCCEEDED");
      engine.awaitRun(second, "SUCCEEDED");
      assertThat(
              engine.number(
                  """
                  select count(*) from execution.runs a join execution.runs b on b.id = a.id + 1
                  where b.started_at < a.ended_at
                  """))
          .isZero();
    }
  }

  @BothDatabases
  void aRunIsSkippedWhileAnotherIsNotFinished(TestDatabase testDatabase) {
    try (var engine = engine(testDatabase).lead()) {
      engine.pipeline("flights", 1, 1);
      engine.execute("update configuration.pipelines set overlap_policy = 'SKIP'");
      long first = engine.start("flights");
      gate.awaitInside(1);

      long second = engine.start("flights");
      engine.awaitRun(second, "SKIPPED");
      assertThat(engine.taskStatuses(second)).isEqualTo(Map.of("SKIPPED", 2));
      gate.letOut(2);
      engine.awaitRun(first, "SUCCEEDED");
      engine.awaitRun(engine.start("flights"), "SUCCEEDED");
    }
  }

  @BothDatabases
  void theNewestRunTakesOverWhereThePolicyCancelsWhatRuns(TestDatabase testDatabase) {
    try (var engine = engine(testDatabase).lead()) {
      engine.pipeline("flights", 1, 2);
      engine.execute("update configuration.pipelines set overlap_policy = 'CANCEL_RUNNING'");
      long first = engine.start("flights");
      gate.awaitInside(2);

      long second = engine.start("flights");
      engine.awaitRun(first, "CANCELLED");
      gate.awaitInside(2);
      assertThat(gate.inside()).allMatch(task -> task.startsWith(second + "/"));
      gate.letOut(2);
      engine.awaitRun(second, "SUCCEEDED");
    }
  }

  @BothDatabases
  void asManyRunsGoOnInParallelAsThePolicyAllows(TestDatabase testDatabase) {
    try (var engine = engine(testDatabase).lead()) {
      engine.pipeline("flights", 1, 1);
      engine.execute(
          "update configuration.pipelines set overlap_policy = 'PARALLEL', overlap_limit = 2");
      long first = engine.start("flights");
      long second = engine.start("flights");
      long third = engine.start("flights");

      gate.awaitInside(2);
      assertThat(engine.runStatus(third)).isEqualTo("QUEUED");
      gate.letOut(3);
      engine.awaitRun(first, "SUCCEEDED");
      engine.awaitRun(second, "SUCCEEDED");
      engine.awaitRun(third, "SUCCEEDED");
    }
  }

  private static PoolSummary pool(EngineFixture engine, String name) {
    return new PoolQueries(engine.jdbi(), Duration.ofSeconds(120))
        .list().stream().filter(pool -> pool.name().equals(name)).findFirst().orElseThrow();
  }
}
