package dev.core.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.orchestrator.store.RecordedRuns;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be done is said by name, at once, and leaves nothing behind. */
@Timeout(60)
class RefusingCommandsTest {

  @TempDir Path home;
  private CoreUnderTest core;

  @BeforeEach
  void record() {
    core = new CoreUnderTest(home);
    assertThat(core.run("migrate").code()).isZero();
    core.prepared(jdbi -> new RecordedRuns(jdbi).failedRun(1, "flights"));
  }

  @Test
  void spacerHasNoLogAndSaysWhatItIs() {
    var ended = core.run("logs", "1", "raw_group_step_0");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("raw_group_step_0 is a spacer", "core show 1");
  }

  @Test
  void theEmbeddedDatabaseHasNoLoginsToGive() {
    var ended = core.run("migrate", "--logins");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("the embedded database has no logins of its own");
  }

  @Test
  void unknownFormatIsToldInTheCaseThatIsDocumented() {
    var ended = core.run("datasets", "cat", "delays", "--format", "cvs");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err())
        .contains("'cvs' is no format; did you mean 'csv'?; allowed: csv, json, table")
        .doesNotContain("CSV");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run flights", "run flights --wait", "retry 1 --yes"})
  void modeThatCannotRunIsRefusedBeforeAnythingIsQueued(String line) {
    core.prepared(RefusingCommandsTest::pipeline);

    var ended = core.with("CORE_MODE", "virtual").run(line.split(" "));

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("virtual");
    assertThat(
            core.with("CORE_MODE", "local")
                .run("console", "--sql", "select id from execution.commands", "--json")
                .json())
        .isEmpty();
  }

  private static void pipeline(org.jdbi.v3.core.Jdbi jdbi) {
    jdbi.useHandle(handle -> {
      handle.execute("insert into configuration.clients (name) values ('acme')");
      handle.execute("insert into configuration.brands (client_id, name) values (1, 'shop')");
      handle.execute("insert into configuration.pipeline_types (name) values ('etl')");
      handle.execute(
          "insert into configuration.pipelines (name, brand_id, pipeline_type_id, time_zone)"
              + " values ('flights', 1, 1, 'Mars')");
    });
  }

  @Test
  void pipelineWithABrokenTimeZoneIsNoTrap() {
    core.prepared(RefusingCommandsTest::pipeline);

    assertThat(core.run("validate", "flights").out()).contains("'Mars' is no time zone");
    assertThat(core.run("run", "flights").err()).doesNotContain("unexpected error");
  }

  @ParameterizedTest
  @CsvSource({
    "0001-01-01,0",
    "9999-12-31,0",
    "+10000-01-01T00:00:00Z,2",
    "-0001-01-01T00:00:00Z,2",
    "2026-02-30,2",
    "tomorrow,2",
  })
  void logicalDateIsOneThatEveryDatabaseCanStore(String date, int code) {
    core.prepared(RefusingCommandsTest::pipeline);

    assertThat(core.run("run", "flights", "--logical-date=" + date).code()).isEqualTo(code);
  }

  @Test
  void fileThatIsNotUtf8IsToldWithItsLine() throws Exception {
    Files.write(
        home.resolve("latin.yaml"),
        "tags:\n  - name: fast\n    description: caf\u00e9\n"
            .getBytes(StandardCharsets.ISO_8859_1));

    assertThat(core.run("config", "import", "latin.yaml").err())
        .contains("line 3", "0xE9", "save the file as UTF-8");
    Files.writeString(home.resolve("mark.yaml"), "\ufefftags:\n  - name: fast\n");
    assertThat(core.run("config", "import", "mark.yaml").code()).isZero();
  }

  @Test
  void editByHandIsRefusedInWords() {
    var ended =
        core.run(
            "console", "--sql", "insert into configuration.pools (name, slots) values ('a', -1)");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("pools.slots must be at least 0", "nothing was changed");
  }

  @Test
  void runsAreListedPageByPage() {
    core.prepared(jdbi -> {
      new RecordedRuns(jdbi).failedRun(2, "flights");
      new RecordedRuns(jdbi).failedRun(3, "flights");
    });

    assertThat(core.run("runs", "--limit", "1", "--json").json()).hasSize(1);
    var older = core.run("runs", "list", "--before", "3", "--limit", "1", "--json").json();
    assertThat(older.path(0).path("run_id").asInt()).isEqualTo(2);
    assertThat(core.run("runs", "--limit", "x").err()).contains("'x' is not a whole number");
    assertThat(core.run("runs", "--limit", "0").err()).contains("allowed: 1 and more");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--param year=1 --param year=2|--param 'year' is given twice",
        "--param year|--param 'year' must be NAME=VALUE",
        "--param =1|--param '=1' must be NAME=VALUE",
        "--idempotency-key=\u00e9|visible ASCII",
      })
  void optionsOfARunAreReadStrictly(String options, String words) {
    core.prepared(RefusingCommandsTest::pipeline);

    var ended = core.run(("run flights " + options).split(" "));

    assertThat(ended.code()).isNotZero();
    assertThat(ended.err()).contains(words);
  }

  @Test
  void whatIsShownOfAWrongNameIsShortAndVisible() {
    var ended = core.run("show", "\u001b]0;x\u0007" + "y".repeat(100_000));

    assertThat(ended.err()).contains("\\u001b]0;x\\u0007yyy").hasSizeLessThan(400);
  }
}
