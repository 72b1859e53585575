package dev.core.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import dev.core.migrations.testing.TestDatabases;
import dev.core.orchestrator.store.RecordedRuns;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadingCommandsTest {

  @TempDir Path home;

  private CoreUnderTest withRuns() {
    return new CoreUnderTest(home)
        .prepared(jdbi -> {
          new RecordedRuns(jdbi).failedRun(1, "flights");
          new RecordedRuns(jdbi).failedRun(2, "flights");
          new RecordedRuns(jdbi).runningRun(3, "strikes");
        });
  }

  @BothDatabases
  void runsAreListedOnBothDatabases(TestDatabase database) {
    var core =
        CoreUnderTest.on(database, home)
            .prepared(jdbi -> new RecordedRuns(jdbi).failedRun(1, "flights"));

    var ended = core.run("runs", "list", "--json");

    assertThat(ended.code()).isZero();
    assertThat(ended.err()).isEmpty();
    assertThat(ended.json().path(0).path("run_id").asLong()).isEqualTo(1);
  }

  @Test
  void runsAreAlignedForPeople() {
    var ended = withRuns().run("runs");

    assertThat(ended.code()).isZero();
    assertThat(ended.out().lines().toList().getFirst()).startsWith("RUN  PIPELINE  STATUS");
    assertThat(ended.out()).contains("✘ failed", "▶ running", "1/2", "1m 30s");
  }

  @Test
  void emptyListsSayWhatToDo() {
    var core = new CoreUnderTest(home);

    assertThat(core.run("runs").out()).contains("core run PIPELINE");
    assertThat(core.run("pipelines").out()).contains("core config import");
    assertThat(core.run("datasets").out()).contains("core run PIPELINE");
    assertThat(core.run("runs", "--json").out().strip()).isEqualTo("[ ]");
  }

  @Test
  void aStatementIsAnsweredAsTableAndAsJsonAndItsErrorWithoutATrace() {
    var core = withRuns();

    assertThat(core.run("console", "--sql", "select id from execution.runs order by id").out())
        .containsSubsequence("id", "1", "2", "3");
    assertThat(
            core.run("console", "--json", "--sql", "select id from execution.runs where id = 2")
                .json()
                .path(0)
                .path("id")
                .asText())
        .isEqualTo("2");
    assertThat(core.run("console", "--sql", "select 1/0"))
        .satisfies(ended -> {
          assertThat(ended.code()).isEqualTo(1);
          assertThat(ended.out()).isEmpty();
          assertThat(ended.err()).contains("the statement failed").doesNotContain("\tat ");
        });
  }

  @Test
  void whatHasEndedIsNotCancelledAlsoWhileNobodyLeads() {
    var ended = withRuns().run("cancel", "1");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("run 1 has already ended: FAILED");
  }

  @Test
  void unknownNamesSayWhatThereIsInstead() {
    var core = withRuns();

    assertThat(core.run("show", "99"))
        .satisfies(ended -> {
          assertThat(ended.code()).isEqualTo(1);
          assertThat(ended.err()).contains("there is no run '99'", "there is:", "3");
        });
    assertThat(core.run("runs", "--status", "faild").err()).contains("'faild'; there is: failed");
    assertThat(core.run("runs", "--status", "failed").out())
        .isEqualTo(core.run("runs", "list", "--status", "failed").out())
        .contains("failed")
        .doesNotContain("succeeded");
    assertThat(core.run("runs", "--pipeline", "nothing").err()).contains("'nothing'");
    assertThat(core.run("datasets", "cat", "nothing").code()).isEqualTo(1);
  }

  @Test
  void runIsShownByNumberAndByPipelineWithItsFailures() {
    var core = withRuns();

    assertThat(core.run("show", "2").out())
        .contains("run 2 of flights", "flights_ingest_sql_2 (USER): no such column");
    assertThat(core.run("show", "flights", "--json").json().path("run_id").asLong()).isEqualTo(2);
    assertThat(core.run("tasks", "2").out()).contains("USER: no such column line 2", "job-202");
    assertThat(core.run("tasks", "2", "--json").json()).hasSize(2);
    assertThat(core.run("tasks", "2", "--spacers", "--json").json()).hasSize(4);
  }

  @Test
  void runsAreComparedByFieldParameterTimeAndResult() {
    var core = withRuns();

    var json = core.run("runs", "diff", "2", "3", "--json").json();

    assertThat(json.path("definition").findValuesAsText("field"))
        .containsExactly("name", "priority", "states[ingest]");
    assertThat(json.path("parameters").path(0).path("a").asText()).isEqualTo("2002");
    assertThat(json.path("results").path(0).path("field").asText())
        .isEqualTo("flights_raw_shell_1");
    assertThat(json.path("timings").path(0).path("task").asText()).isEqualTo("flights_raw_shell_1");
    assertThat(core.run("runs", "diff", "1", "2").out())
        .contains("definition: the same", "- 2001", "+ 2002");
  }

  @Test
  void runsAreComparedByAttemptsAndByTheDatasetsThatTheyLeft() {
    var core =
        withRuns()
            .prepared(jdbi -> {
              var recorded = new RecordedRuns(jdbi);
              recorded.dataset(1, 1, "delays", "/data", "p1/");
              recorded.dataset(2, 2, "delays", "/data", "p2/");
              recorded.dataset(3, 2, "more", "/data", "p3/");
            });

    var json = core.run("runs", "diff", "1", "2", "--json").json();
    assertThat(json.path("timings").path(1).path("attempts_a").asInt()).isEqualTo(2);
    var datasets = json.path("datasets");
    assertThat(datasets.findValuesAsText("name"))
        .containsExactly("acme/shop/raw/delays", "acme/shop/raw/more");
    assertThat(datasets.path(0).path("a").path("rows").asInt()).isEqualTo(2);
    assertThat(datasets.path(0).path("same").asBoolean()).isFalse();
    assertThat(datasets.path(1).has("a")).isFalse();
    assertThat(datasets.path(1).path("b").path("files").asInt()).isEqualTo(1);
    assertThat(core.run("runs", "diff", "1", "2").out())
        .contains("ATTEMPTS A", "acme/shop/raw/delays");
  }

  @Test
  void whatWasMarkedOrTakenOverIsToldWithItsDatasets() {
    var core =
        withRuns()
            .prepared(jdbi -> {
              new RecordedRuns(jdbi).dataset(1, 1, "delays", "/data", "p1/");
              jdbi.useHandle(handle -> {
                handle.execute(
                    """
                    update execution.tasks set taken_from_run = 1, taken_from_task = 1,
                      taken_from_attempt = 1
                    where run_id = 2 and task_index = 1
                    """);
                handle.execute(
                    """
                    update execution.tasks set marked_by = 'ada', mark_reason = 'known'
                    where run_id = 2 and task_index = 3
                    """);
              });
            });

    assertThat(core.run("show", "2").out())
        .contains("HOW", "taken over from attempt 1 of run 1", "marked by ada: known");
    assertThat(core.run("show", "1").out()).doesNotContain("HOW");
    assertThat(core.run("datasets", "cat", "delays", "--run", "3").err())
        .contains("run 3 left no acme/shop/raw/delays");
    assertThat(core.run("datasets", "cat", "delays", "--run", "2").err())
        .as("its files are not there, but it has them")
        .contains("(of run 1)");
    var tasks = core.run("show", "2", "--json").json().path("tasks");
    assertThat(tasks.path(1).path("origin").path("taken_from_run").asLong()).isEqualTo(1);
    assertThat(tasks.path(3).path("origin").path("marked_by").asText()).isEqualTo("ada");
    assertThat(
            core.run("runs", "diff", "1", "2", "--json")
                .json()
                .path("datasets")
                .path(0)
                .path("same")
                .asBoolean())
        .isTrue();
  }

  @Test
  void datasetIsPrintedInEveryFormatAndForOneRun() throws Exception {
    var root = home.resolve("data");
    Files.createDirectories(root.resolve("p1"));
    Files.createDirectories(root.resolve("p2"));
    Files.writeString(root.resolve("p1/data.csv"), "n,text\n1,old\n");
    Files.writeString(root.resolve("p2/data.csv"), "n,text\n1,new\n2,more\n");
    var core =
        withRuns()
            .prepared(jdbi -> {
              var recorded = new RecordedRuns(jdbi);
              recorded.dataset(1, 1, "delays", root.toString(), "p1/");
              recorded.dataset(2, 2, "delays", root.toString(), "p2/");
            });

    assertThat(core.run("datasets").out()).contains("acme/shop/raw/delays");
    assertThat(core.run("datasets", "cat", "acme/shop/raw/delays", "--format", "csv").out())
        .isEqualTo("n,text\n1,new\n2,more\n");
    assertThat(core.run("datasets", "cat", "delays", "--format", "csv", "--run", "1").out())
        .isEqualTo("n,text\n1,old\n");
    assertThat(core.run("datasets", "cat", "delays", "--json", "--limit", "1").json()).hasSize(1);
    assertThat(core.run("datasets", "cat", "delays", "--run", "3").err())
        .contains("run 3 left no acme/shop/raw/delays", "2, 1");
    assertThat(core.run("datasets", "show", "delays").out()).contains(root + "/p2/data.csv");
    assertThat(core.run("datasets", "cat", "delays", "--format", "xml").code()).isEqualTo(2);
  }

  @Test
  void postgresIsMigratedByItsCommandAlone() throws Exception {
    try (var database = TestDatabases.emptyPostgres()) {
      var core = CoreUnderTest.on(database, home);

      var before = core.run("runs");
      assertThat(before.code()).isEqualTo(1);
      assertThat(before.err()).contains("behind", "core migrate").doesNotContain("\tat ");

      assertThat(core.run("migrate").code()).isZero();
      assertThat(core.run("runs", "--json").json()).isEmpty();
      assertThat(core.run("migrate", "check").out()).isNotBlank();
    }
  }

  @Test
  void newMigrationIsBlankAndNamedByItsMoment() throws Exception {
    for (var folder : new String[] {"shared", "h2", "postgresql"}) {
      Files.createDirectories(home.resolve("migrations").resolve(folder));
    }
    var core = new CoreUnderTest(home);

    var ended = core.run("migrate", "new", "added default trigger", "--folder", "migrations");

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("V20261122060000__added_default_trigger.sql");
    assertThat(core.run("migrate", "new", "x", "--folder", "nowhere").code()).isEqualTo(1);
    assertThat(core.run("migrate", "new").code()).isEqualTo(2);
  }

  @Test
  void migrationIsAppliedOnceAndItsStatusTold() {
    var core = new CoreUnderTest(home);

    assertThat(core.run("migrate", "status").code()).isEqualTo(1);
    assertThat(core.run("migrate", "--json").json().path("applied").asInt()).isPositive();
    assertThat(core.run("migrate").out()).startsWith("applied 0 migrations");
    assertThat(core.run("migrate", "status").code()).isZero();
    assertThat(core.run("migrate", "validate").code()).isZero();
    assertThat(
            core.run("migrate", "status", "--json")
                .json()
                .path("migrations")
                .path(0)
                .has("applied_at"))
        .isTrue();
  }
}
