package dev.core.orchestrator.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.database.Database;
import dev.core.common.database.Dialect;
import dev.core.common.json.Json;
import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import dev.core.orchestrator.engine.RunStatus;
import dev.core.orchestrator.engine.TaskStatus;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;

class RunQueriesTest {

  private static Jdbi jdbi(TestDatabase database) {
    return Database.over(
            database.dataSource(), database.isPostgres() ? Dialect.POSTGRES : Dialect.H2)
        .jdbi();
  }

  @BothDatabases
  void listShowsNewestFirstAndCountsTransformationsAlone(TestDatabase database) {
    var jdbi = jdbi(database);
    new RecordedRuns(jdbi).failedRun(1, "flights");
    new RecordedRuns(jdbi).runningRun(2, "strikes");

    var runs = new RunQueries(jdbi).list(RunFilter.newest(10));

    assertThat(runs).extracting(RunSummary::runId).containsExactly(2L, 1L);
    assertThat(runs.getLast().taskCounts())
        .containsOnlyKeys(TaskStatus.SUCCEEDED, TaskStatus.FAILED);
    assertThat(runs.getLast().taskTotal()).isEqualTo(2);
    assertThat(runs.getLast().duration()).isEqualTo(Duration.ofSeconds(90));
    assertThat(runs.getLast().logicalDate()).isEqualTo(RecordedRuns.START.plusSeconds(1));
    assertThat(runs.getLast().parameters()).containsEntry("year", "2001");
    assertThat(runs.getFirst().ended()).isFalse();
  }

  @BothDatabases
  void listIsFilteredByPipelineStatusAndLimit(TestDatabase database) {
    var jdbi = jdbi(database);
    new RecordedRuns(jdbi).failedRun(1, "flights");
    new RecordedRuns(jdbi).failedRun(2, "flights");
    new RecordedRuns(jdbi).runningRun(3, "strikes");
    var queries = new RunQueries(jdbi);

    assertThat(queries.list(new RunFilter("flights", null, 1)))
        .extracting(RunSummary::runId)
        .containsExactly(2L);
    assertThat(queries.list(new RunFilter(null, RunStatus.RUNNING, 9)))
        .extracting(RunSummary::runId)
        .containsExactly(3L);
    assertThat(queries.newestByPipeline()).containsOnlyKeys("flights", "strikes");
    assertThat(queries.newestOf("flights")).contains(2L);
    assertThat(queries.newestOf("nothing")).isEmpty();
    assertThat(queries.changedSince(1)).extracting(RunSummary::runId).containsExactly(2L, 3L);
    assertThat(queries.newestEvent()).isEqualTo(3);
  }

  @BothDatabases
  void detailHasTasksInOrderWithTheirAttempts(TestDatabase database) {
    var jdbi = jdbi(database);
    new RecordedRuns(jdbi).failedRun(7, "flights");

    var run = new RunQueries(jdbi).detail(7).orElseThrow();

    assertThat(run.tasks())
        .extracting(TaskDetail::key)
        .containsExactly(
            "raw_group_step_0",
            "flights_raw_shell_1",
            "ingest_group_step_1",
            "flights_ingest_sql_2");
    assertThat(run.transformations()).hasSize(2);
    var failed = run.task("flights_ingest_sql_2").orElseThrow();
    assertThat(failed.attempts()).extracting(AttemptDetail::number).containsExactly(1, 2);
    assertThat(failed.attempts().getFirst().jobId()).isEqualTo("job-702");
    assertThat(failed.failure()).isEqualTo(new FailureDetail("USER", "no such column"));
    assertThat(run.task("flights_raw_shell_1").orElseThrow().result())
        .isEqualTo(Json.tree("{\"rows\":7}"));
  }

  @BothDatabases
  void jsonOfRunHasItsFieldsBesideItsTasks(TestDatabase database) {
    var jdbi = jdbi(database);
    new RecordedRuns(jdbi).failedRun(7, "flights");

    var json = Json.tree(Json.write(new RunQueries(jdbi).detail(7).orElseThrow()));

    assertThat(json.path("run_id").asLong()).isEqualTo(7);
    assertThat(json.path("status").asText()).isEqualTo("FAILED");
    assertThat(json.path("logical_date").asText()).isEqualTo("2026-11-22T06:00:07Z");
    assertThat(json.path("duration").asText()).isEqualTo("PT1M30S");
    var task = json.path("tasks").path(3);
    assertThat(task.path("key").asText()).isEqualTo("flights_ingest_sql_2");
    assertThat(task.path("kind").asText()).isEqualTo("transformation");
    assertThat(task.path("attempts").path(1).path("failure").path("class").asText())
        .isEqualTo("USER");
  }

  @BothDatabases
  void nobodyLeadsUntilThereIsALeaseAndAfterItHasRunOut(TestDatabase database) throws Exception {
    var queries = new RunQueries(jdbi(database));
    assertThat(queries.leader().alive()).isFalse();
    database.execute(
        """
        update execution.leadership set holder = 'here', epoch = 3,
          expires_at = execution.clock() + interval '10' second
        """);
    assertThat(queries.leader().alive()).isTrue();
    assertThat(queries.leader().holder()).isEqualTo("here");
    database.execute(
        "update execution.leadership set expires_at = execution.clock() - interval '1' second");
    assertThat(queries.leader().alive()).isFalse();
  }

  @BothDatabases
  void datasetsShowTheNewestVersionOfEach(TestDatabase database) {
    var jdbi = jdbi(database);
    var recorded = new RecordedRuns(jdbi);
    recorded.failedRun(1, "flights");
    recorded.failedRun(2, "flights");
    recorded.dataset(1, 1, "delays", "/data", "p1/");
    recorded.dataset(2, 2, "delays", "/data", "p2/");
    recorded.dataset(3, 2, "airports", "/data", "p3/");
    var queries = new DatasetQueries(jdbi, "main");

    assertThat(queries.newest())
        .extracting(DatasetSummary::name)
        .containsExactly("acme/shop/raw/airports", "acme/shop/raw/delays");
    assertThat(queries.versions(DatasetName.parse("acme/shop/raw/delays").orElseThrow()))
        .extracting(DatasetSummary::runId)
        .containsExactly(2L, 1L);
    assertThat(new DatasetQueries(jdbi, "other").newest()).isEmpty();
  }

  @BothDatabases
  void pipelinesAreListedWithTheirNewestRun(TestDatabase database) throws Exception {
    var jdbi = jdbi(database);
    database.execute(
        "insert into configuration.clients (name) values ('acme')",
        "insert into configuration.brands (client_id, name) values (1, 'shop')",
        "insert into configuration.pipeline_types (name) values ('etl')",
        """
        insert into configuration.pipelines (name, brand_id, pipeline_type_id)
        values ('flights', 1, 1), ('strikes', 1, 1)
        """,
        """
        insert into configuration.pipeline_states (pipeline_id, pipeline_state_type_id, graph_order)
        values (1, 1, 1)
        """);
    new RecordedRuns(jdbi).failedRun(4, "flights");

    var pipelines = new PipelineQueries(jdbi).list();

    assertThat(pipelines).extracting(PipelineSummary::name).containsExactly("flights", "strikes");
    assertThat(pipelines.getFirst().states()).isEqualTo(1);
    assertThat(pipelines.getFirst().newestRun().runId()).isEqualTo(4);
    assertThat(pipelines.getLast().newestRun()).isNull();
  }
}
