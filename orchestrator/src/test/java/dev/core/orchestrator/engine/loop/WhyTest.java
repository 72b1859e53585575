package dev.core.orchestrator.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import dev.core.orchestrator.command.Command;
import dev.core.orchestrator.store.RunQueries;
import dev.core.orchestrator.store.TaskExplanation;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/** What is told of tasks that do not go on, under the real leader. */
class WhyTest {

  private final Gate gate = new Gate();

  private EngineFixture engine(TestDatabase testDatabase) {
    var engine = new EngineFixture(testDatabase);
    engine.backend.script = gate;
    return engine;
  }

  @BothDatabases
  void aTaskWaitsForItsPoolSinceTheLastSlotWasTaken(TestDatabase testDatabase) {
    try (var engine = engine(testDatabase).lead()) {
      engine.pipeline("flights", 1, 3);
      engine.execute(
          "insert into configuration.pools (name, slots) values ('licences', 2)",
          "update configuration.transformation_templates set pool_id = 1");
      long run = engine.start("flights");
      gate.awaitInside(2);

      var why = unfinished(engine, run, "pool");
      assertThat(why.text()).isEqualTo("pool 'licences' has 2 slots, and 2 are taken");
      assertThat(why.remedy()).contains("core pools set licences");
      assertThat(why.since())
          .isEqualTo(moment(engine, "select max(intended_at) from execution.attempts"));

      engine.execute(
          "update configuration.transformation_templates set pool_id = null",
          "delete from configuration.pools");
      assertThat(unfinished(engine, run, "pool").text())
          .isEqualTo("pool 'licences', with which the run was sealed, is no longer there");
      engine.execute("insert into configuration.pools (name, slots) values ('licences', 3)");
      gate.awaitInside(3);
      gate.letOut(3);
      engine.awaitRun(run, "SUCCEEDED");
    }
  }

  @BothDatabases
  void limitsAreToldWithWhatTheyHave(TestDatabase testDatabase) {
    try (var engine = engine(testDatabase).tasksAtOnce(3).lead()) {
      engine.pipeline("flights", 1, 3);
      engine.pipeline("strikes", 1, 3);
      engine.execute(
          "update configuration.pipelines set parallel_task_limit = 2 where name = 'flights'");
      long flights = engine.start("flights");
      long strikes = engine.start("strikes");
      gate.awaitInside(3);

      assertThat(unfinished(engine, flights, "pipeline_limit").text())
          .isEqualTo("the runs of the pipeline may have 2 tasks at a time, and have 2");
      assertThat(unfinished(engine, strikes, "orchestrator_limit").text())
          .isEqualTo("all runs together may have 3 tasks at a time, and have 3");
      gate.letOut(6);
      engine.awaitRun(flights, "SUCCEEDED");
      engine.awaitRun(strikes, "SUCCEEDED");
    }
  }

  @BothDatabases
  void aQueuedRunTellsWhichRunGoesFirstAlsoIfThatIsQuarantined(TestDatabase testDatabase) {
    try (var engine = engine(testDatabase).lead()) {
      engine.pipeline("flights", 1, 1);
      long first = engine.start("flights");
      gate.awaitInside(1);
      long second = engine.start("flights");
      long third = engine.start("flights");

      assertThat(unfinished(engine, second, "overlap").text())
          .isEqualTo("the run is queued behind run 1, which is RUNNING (overlap policy QUEUE)");
      assertThat(unfinished(engine, third, "overlap").text()).endsWith("; 2 runs go before it");
      engine.execute(
          "update execution.runs set quarantined_at = execution.clock(), quarantine_cause = 'poison'"
              + " where id = 1");
      assertThat(unfinished(engine, first, "quarantined").remedy()).contains("core release 1");
      assertThat(unfinished(engine, second, "overlap").remedy()).contains("core release 1");
      engine.execute("update execution.runs set quarantined_at = null, quarantine_cause = null");
      gate.letOut(3);
      engine.awaitRun(third, "SUCCEEDED");
    }
  }

  @BothDatabases
  void aBackendThatCannotBeAskedIsToldUntilItAnswers(TestDatabase testDatabase) {
    try (var engine = engine(testDatabase)) {
      engine.backend.starts = false;
      engine.lead();
      engine.pipeline("flights", 1, 1);
      long run = engine.start("flights");
      await()
          .atMost(EngineFixture.PATIENCE)
          .until(() -> cause(engine, run).cause().equals("at_backend"));

      engine.backend.reachable = false;
      await()
          .atMost(EngineFixture.PATIENCE)
          .until(() -> cause(engine, run).cause().equals("backend_unavailable"));
      var why = cause(engine, run);
      assertThat(why.text()).isEqualTo("the backend cannot be asked: no route to host");
      assertThat(why.since())
          .isEqualTo(moment(engine, "select since from execution.backend_troubles"));

      engine.backend.reachable = true;
      await()
          .atMost(EngineFixture.PATIENCE)
          .until(() -> cause(engine, run).cause().equals("at_backend"));
      assertThat(engine.number("select count(*) from execution.backend_troubles")).isZero();
    }
  }

  @BothDatabases
  void aJobOfLocalModeTellsWhetherItLacksAWorkerOrASlot(TestDatabase testDatabase) {
    try (var engine = engine(testDatabase)) {
      engine.backend.starts = false;
      engine.lead();
      engine.pipeline("flights", 1, 1);
      long run = engine.start("flights");
      await()
          .atMost(EngineFixture.PATIENCE)
          .until(() -> cause(engine, run).cause().equals("at_backend"));

      engine.execute(
          """
          insert into execution.local_jobs (name, host, token, request)
          select job_name, 'here', token, '{}' from execution.attempts
          """);
      assertThat(cause(engine, run).cause()).isEqualTo("no_worker");
      engine.execute(
          """
          insert into execution.local_workers (id, host, pid, slots, started_at, beat_at)
          values ('w', 'here', 1, 1, execution.clock(), execution.clock())
          """);
      assertThat(cause(engine, run).cause()).isEqualTo("at_backend");
      engine.execute(
          """
          insert into execution.local_jobs (name, host, token, request, status, taken_at)
          values ('other', 'here', 'other', '{}', 'RUNNING', execution.clock())
          """);
      assertThat(cause(engine, run))
          .returns("no_capacity", TaskExplanation::cause)
          .satisfies(why ->
              assertThat(why.text()).endsWith("is queued on here, all of whose 1 slots are taken"))
          .satisfies(why ->
              assertThat(why.since())
                  .isEqualTo(
                      moment(
                          engine,
                          "select taken_at from execution.local_jobs where name = 'other'")));
    }
  }

  @BothDatabases
  void aWorkerThatGivesNoSignOfLifeIsToldAndSoIsAMissingLeader(TestDatabase testDatabase) {
    try (var engine = engine(testDatabase).lead()) {
      engine.pipeline("flights", 1, 1, 1);
      long run = engine.start("flights");
      gate.awaitInside(1);
      assertThat(cause(engine, run).cause()).isEqualTo("running");

      engine.execute("update execution.claims set renewed_at = renewed_at - interval '61' second");
      var why = cause(engine, run);
      assertThat(why.cause()).isEqualTo("worker_silent");
      assertThat(why.since()).isEqualTo(moment(engine, "select renewed_at from execution.claims"));

      engine.stopLeading();
      assertThat(unfinished(engine, run, "no_leader").since())
          .isEqualTo(moment(engine, "select expires_at from execution.leadership"));
      engine.lead();
      gate.letOut(2);
      engine.awaitRun(run, "SUCCEEDED");
    }
  }

  @BothDatabases
  void aTaskThatIsBeingCancelledTellsWhy(TestDatabase testDatabase) {
    try (var engine = engine(testDatabase)) {
      engine.backend.terminates = false;
      engine.lead();
      engine.pipeline("flights", 1, 1);
      long run = engine.start("flights");
      gate.awaitInside(1);

      engine.ask(new Command.CancelRun(run, "wrong year"));
      engine.awaitRun(run, "CANCELLING");

      assertThat(cause(engine, run))
          .returns("ending", TaskExplanation::cause)
          .satisfies(why -> assertThat(why.text()).contains("asked to end", "wrong year"));
      gate.letOut(1);
      engine.awaitRun(run, "CANCELLED");
    }
  }

  private static List<TaskExplanation> explained(EngineFixture engine, long run) {
    return engine.why().explain(new RunQueries(engine.jdbi()).summary(run).orElseThrow());
  }

  /** Of the first task. */
  private static TaskExplanation cause(EngineFixture engine, long run) {
    return explained(engine, run).getFirst();
  }

  /** Of the first task with that cause. */
  private static TaskExplanation unfinished(EngineFixture engine, long run, String cause) {
    var all = explained(engine, run);
    return all.stream()
        .filter(each -> each.cause().equals(cause))
        .findFirst()
        .orElseThrow(() -> new AssertionError(cause + " is not among " + all));
  }

  private static Instant moment(EngineFixture engine, String query) {
    return engine
        .jdbi()
        .withHandle(
            handle -> handle.createQuery(query).mapTo(OffsetDateTime.class).one().toInstant());
  }
}
