package dev.core.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.core.common.json.Json;
import dev.core.orchestrator.store.RecordedRuns;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code core clear}, {@code retry} and {@code mark}, up to the row that they leave. */
@Timeout(60)
class CorrectingCommandsTest {

  @TempDir Path home;
  private CoreUnderTest core;

  @BeforeEach
  void recordRuns() {
    core =
        new CoreUnderTest(home)
            .prepared(jdbi -> {
              new RecordedRuns(jdbi).failedRun(1, "flights");
              new RecordedRuns(jdbi).runningRun(2, "strikes");
            });
  }

  private int commands() {
    var count = new int[1];
    core.prepared(jdbi ->
        count[0] =
            jdbi.withHandle(handle ->
                handle
                    .createQuery("select count(*) from execution.commands")
                    .mapTo(Integer.class)
                    .one()));
    return count[0];
  }

  private JsonNode command() {
    var body = new String[1];
    core.prepared(jdbi ->
        body[0] =
            jdbi.withHandle(handle ->
                handle
                    .createQuery("select body from execution.commands")
                    .mapTo(String.class)
                    .one()));
    return Json.tree(body[0]);
  }

  @Test
  void aDryRunShowsWhatBecomesOfEachTaskAndAsksNothingOfAnybody() {
    var ended = core.run("clear", "1", "--dry-run");

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out())
        .contains("flights_raw_shell_1", "✔ succeeded", "flights_ingest_sql_2", "✘ failed")
        .contains("run 1: 2 tasks run again, the run becomes RUNNING");
    assertThat(commands()).isZero();
  }

  @Test
  void aDryRunForProgramsSaysWhatIsClosedFirst() {
    var json = core.run("clear", "2", "--dry-run", "--json").json();

    assertThat(json.path("before").asText()).isEqualTo("RUNNING");
    var change = json.path("changes").path(0);
    assertThat(change.path("task").asText()).isEqualTo("strikes_raw_shell_1");
    assertThat(change.path("before").asText()).isEqualTo("RUNNING");
    assertThat(change.path("after").asText()).isEqualTo("CANCELLING");
    assertThat(change.path("then").asText()).isEqualTo("WAITING");
    assertThat(core.run("clear", "2", "--dry-run").out())
        .contains("closed first, then to run again", "1 of them is closed first");
  }

  @Test
  void withoutTerminalAndWithoutYesNothingIsDoneAndThatIsWrongUsage() {
    var ended = core.run("clear", "1");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("nothing was done", "--yes", "--dry-run");
    assertThat(core.run("retry", "1").code()).isEqualTo(2);
    assertThat(core.run("mark", "failed", "1").code()).isEqualTo(2);
    assertThat(commands()).isZero();
  }

  @Test
  void aPersonIsShownWhatWillHappenAndAsked() {
    var declined = core.answering("n").run("mark", "succeeded", "1", "sql_2");

    assertThat(declined.code()).isEqualTo(1);
    assertThat(declined.out()).contains("flights_ingest_sql_2", "succeeded");
    assertThat(declined.err()).contains("Go on? [y/N]", "nothing was done");
    assertThat(core.answering().run("clear", "1").code()).as("end of input").isEqualTo(1);
    assertThat(commands()).isZero();
    assertThat(core.answering("Yes").run("mark", "succeeded", "1", "sql_2").code()).isZero();
    assertThat(commands()).isEqualTo(1);
  }

  @Test
  void whatIsAskedIsQueuedWithItsTasksItsReasonAndItsResult() {
    var ended =
        core.run(
            "mark",
            "succeeded",
            "1",
            "sql_2",
            "--downstream",
            "--reason",
            "checked by hand",
            "--result",
            "{\"rows\":7}",
            "--yes");

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(command())
        .isEqualTo(
            Json.tree(
                """
                {"command":"mark_tasks","runId":1,"as":"SUCCEEDED","reason":"checked by hand",
                 "result":{"rows":7},
                 "tasks":{"of":"task","key":"flights_ingest_sql_2","downstream":true}}
                """));
  }

  @Test
  void aStateIsNamedByItsOption() {
    assertThat(core.run("clear", "1", "--state", "ingest", "--yes").code()).isZero();

    assertThat(command().path("tasks"))
        .isEqualTo(Json.tree("{\"of\":\"state\",\"state\":\"ingest\",\"downstream\":false}"));
  }

  @Test
  void whatMakesNoSenseIsRefusedBeforeAnythingIsQueued() {
    assertThat(core.run("retry", "1", "shell_1", "--yes"))
        .satisfies(ended -> {
          assertThat(ended.code()).isEqualTo(1);
          assertThat(ended.err())
              .contains("task 'flights_raw_shell_1' of run 1 is SUCCEEDED; only failed");
        });
    assertThat(core.run("clear", "1", "--state", "enrich", "--yes").err())
        .contains("run 1 has no tasks in a state 'enrich'; its states are raw, ingest");
    assertThat(core.run("clear", "1", "nope", "--yes").err())
        .contains("run 1 has no task 'nope'; there is: ");
    assertThat(core.run("clear", "1", "sql_2", "--state", "raw", "--yes").code()).isEqualTo(2);
    assertThat(core.run("clear", "1", "--downstream", "--yes").code()).isEqualTo(2);
    assertThat(core.run("mark", "done", "1", "--yes").code()).isEqualTo(2);
    assertThat(core.run("mark", "succeeded", "1", "--result", "{", "--yes").code()).isEqualTo(2);
    assertThat(commands()).isZero();
  }
}
