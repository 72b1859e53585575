package dev.core.common.configuration.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.configuration.yaml.ConfigurationYaml;
import dev.core.common.configuration.yaml.ImportResult;
import dev.core.common.database.Database;
import dev.core.common.database.Dialect;
import dev.core.common.definition.SizeRule;
import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import dev.core.migrations.testing.TestDatabases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigurationValidationTest {

  private static Jdbi jdbi;

  @BeforeAll
  static void load() {
    jdbi = loaded(TestDatabases.h2());
  }

  private static Jdbi loaded(TestDatabase database) {
    var opened = Database.over(database.dataSource(), Dialect.of(database.url()));
    assertThat(new ConfigurationYaml(opened.jdbi(), opened.dialect()).apply(good(), "ann"))
        .isInstanceOf(ImportResult.Accepted.class);
    return opened.jdbi();
  }

  private static String good() {
    try (var stream = ConfigurationValidationTest.class.getResourceAsStream("good.yaml")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is edited in the good configuration, and what is then told. */
  record Case(String edit, String... problems) {
    @Override
    public String toString() {
      return edit;
    }
  }

  @BothDatabases
  void nothingIsWrongWithAGoodConfiguration(TestDatabase database) {
    List<Problem> problems =
        loaded(database)
            .withHandle(
                handle -> ConfigurationValidation.validate(ConfigurationSnapshot.read(handle)));

    assertThat(problems).isEmpty();
  }

  static Stream<Case> frequencies() {
    return Stream.of(
            Map.entry(
                "sometimes",
                "'sometimes' is no frequency; allowed: hourly, daily, weekly, monthly, yearly or a cron expression such as '0 3 * * 1-5'"),
            Map.entry(
                "dayly",
                "'dayly' is no frequency; did you mean 'daily'?; allowed: hourly, daily, weekly, monthly, yearly or a cron expression such as '0 3 * * 1-5'"),
            Map.entry(
                "",
                "'' is no frequency; allowed: hourly, daily, weekly, monthly, yearly or a cron expression such as '0 3 * * 1-5'"),
            Map.entry(
                "60 * * * *", "'60 * * * *' is no cron expression: Value 60 not in range [0, 59]"),
            Map.entry(
                "* * * *",
                "'* * * *' is no cron expression: it has 4 fields, and needs 5: minute, hour, day of month, month, day of week"),
            Map.entry(
                "0 0 3 * * ?",
                "'0 0 3 * * ?' is no cron expression: it has 6 fields, and needs 5: minute, hour, day of month, month, day of week"),
            Map.entry("0 0 30 2 *", "'0 0 30 2 *' never fires: no month has such a day"))
        .map(entry ->
            new Case(
                set("pipelines", "run_frequency", entry.getKey(), "name = 'flow'"),
                "error pipelines run_frequency: " + entry.getValue()));
  }

  static Stream<Case> bad() {
    return Stream.of(
        // names
        new Case(
            set("clients", "name", "Acme", "name = 'acme'"),
            "error clients name: 'Acme' is not a name: lower-case letters, digits and underscores, a letter first",
            "error transformation_variables text_value: nobody writes 'acme/main/ingest/rows', and it was never written; did you mean 'Acme/main/ingest/rows'?"),
        new Case(
            set("segments", "name", "a b", "name = 'transport'"),
            "error segments name: 'a b' is not a name: lower-case letters, digits and underscores, a letter first"),
        new Case(
            set("pools", "name", "9pool", "name = 'sftp'"),
            "error pools name: '9pool' is not a name: lower-case letters, digits and underscores, a letter first"),
        new Case(
            set("tags", "name", "", "name = 'slow'"),
            "error tags name: a name may not be empty; lower-case letters, digits and underscores, a letter first"),
        new Case(
            set("pipeline_types", "name", "ana-lytics", "name = 'analytics'"),
            "error pipeline_types name: 'ana-lytics' is not a name: lower-case letters, digits and underscores, a letter first"),
        new Case(
            set("pipelines", "name", "Reader", "name = 'reader'"),
            "error pipelines name: 'Reader' is not a name: lower-case letters, digits and underscores, a letter first"),
        new Case(
            set("pipeline_parameters", "name", "Count", "name = 'count'"),
            "error pipeline_parameters name: 'Count' is not a name: lower-case letters, digits and underscores, a letter first"),
        // pipelines
        new Case(
            set("pipelines", "time_zone", "Europe/Berln", "name = 'flow'"),
            "error pipelines time_zone: 'Europe/Berln' is no time zone; did you mean 'Europe/Berlin'?"),
        new Case(
            "update configuration.pipelines set is_catching_up = true where name = 'reader'",
            "warning pipelines is_catching_up: has no run_frequency, so that there is nothing to catch up"),
        new Case(
            "update configuration.pipelines set is_catching_up = true where name = 'flow'",
            "warning pipelines start_date: catches up and has no start date: it begins with the moment of its activation"),
        new Case(
            "update configuration.pipelines set overlap_policy = 'PARALLEL' where name = 'flow'",
            "warning pipelines overlap_limit: is 1, so that PARALLEL is the same as QUEUE"),
        new Case(
            "update configuration.pipelines set overlap_limit = 3 where name = 'flow'",
            "warning pipelines overlap_limit: means nothing with the policy QUEUE"),
        new Case(
            "delete from configuration.pipeline_states where pipeline_id in (select id from configuration.pipelines where name = 'reader')",
            "error pipelines: has no transformations, so that there is nothing to run"),
        new Case(
            "delete from configuration.pipeline_states where pipeline_id in (select id from configuration.pipelines where name = 'idle')",
            "warning pipelines: has no transformations, so that there is nothing to run"),
        new Case(
            "insert into configuration.pipeline_states (pipeline_id, pipeline_state_type_id, graph_order) select p.id, t.id, 90 from configuration.pipelines p, configuration.pipeline_state_types t where p.name = 'flow' and t.name = 'metrics'",
            "warning pipeline_states: has no transformations, so that it is not part of any run"),
        new Case(
            set("pipelines", "run_frequency", "@hourly", "name = 'idle'"),
            "warning pipelines is_active: is not active, so that its run_frequency starts nothing"),
        // parameters
        new Case(
            set("pipeline_parameters", "default_value", "many", "name = 'count'"),
            "error pipeline_parameters default_value: 'many' is not an integer (digits, with a sign before them if need be)"),
        new Case(
            set("pipeline_parameters", "default_value", "${client}", "name = 'region'"),
            "warning pipeline_parameters default_value: contains '${', which is not resolved in parameters"),
        new Case(
            "update configuration.pipeline_parameters set default_value = null where name = 'count'",
            "error pipeline_parameters default_value: has no default, and a schedule sets no parameters"),
        // templates
        new Case(
            "update configuration.transformation_templates set variable_structures = '[]' where name = 'sql'",
            "error transformation_templates variable_structures: must be a JSON object, the name of a variable to its structure, not '[]'"),
        new Case(
            "update configuration.transformation_templates set variable_structures = '{\"sql\": {\"datatype\": \"strng\", \"defalt\": 1}}' where name = 'sql'",
            "error transformation_templates variable_structures: variable 'sql': unknown datatype 'strng'; did you mean 'string'?; allowed: string, integer, decimal, boolean, date, datetime, json, secret, dataset",
            "error transformation_templates variable_structures: variable 'sql': unknown key 'defalt'; did you mean 'default'?; allowed: datatype, description, default, required, direction, allowed"),
        new Case(
            set("transformation_templates", "image", "my image:1", "name = 'sql'"),
            "error transformation_templates image: 'my image:1' is no container image"),
        new Case(
            set("transformations", "image", "", "id = 2"),
            "error transformations image: '' is no container image"),
        new Case(
            """
            update configuration.transformation_templates
            set pool_id = (select id from configuration.pools), vcpus = 1 where name = 'sql';
            update configuration.pools set slots = 0
            """,
            "warning pools slots: has no slots, so that the tasks which need it wait for ever"),
        new Case(
            """
            update configuration.transformation_templates set pipeline_state_type_id =
              (select id from configuration.pipeline_state_types where name = 'ingest') where name = 'extract'
            """,
            "error transformations transformation_template_id: the template 'extract' is for the state 'ingest' only, not for 'raw'"),
        // variables
        new Case(
            "delete from configuration.transformation_variables where transformation_id = 1 and name = 'source'",
            "error transformations: the variable 'source' (string) is missing"),
        new Case(
            rename(1, "source", "sorce"),
            "error transformation_variables name: the template 'extract' has no variable 'sorce'; did you mean 'source'?",
            "error transformations: the variable 'source' (string) is missing"),
        new Case(
            add(1, "limit", "ten"),
            "error transformation_variables text_value: 'ten' is not an integer (digits, with a sign before them if need be)"),
        new Case(
            add(1, "limit", "${parameter.region}"),
            "error transformation_variables text_value: 'north' is not an integer (digits, with a sign before them if need be)"),
        new Case(
            add(1, "day", "${logical_date}"),
            "error transformation_variables text_value: '2026-01-31T00:00:00Z' is not a date (a day that exists, as yyyy-mm-dd)"),
        new Case(
            add(1, "day", "${logical_date:yyyy-mm-dd}"),
            "error transformation_variables text_value: ${logical_date:yyyy-mm-dd}: bad date format 'yyyy-mm-dd': m is the minute; the month is M"),
        new Case(
            add(1, "format", "xml"),
            "error transformation_variables text_value: 'xml' is not allowed; allowed: csv, json"),
        new Case(
            add(1, "format", "jsn"),
            "error transformation_variables text_value: 'jsn' is not allowed; did you mean 'json'?; allowed: csv, json"),
        new Case(
            add(1, "password", "pa ss!"),
            "error transformation_variables text_value: not the name of a secret: up to four parts of letters, digits, '_', '.' and '-', separated by '/'"),
        new Case(
            value(1, "source", "${parameter.regin} ${cleint} ${HOME} ${run_id"),
            "error transformation_variables text_value: ${parameter.regin}: the pipeline has no parameter of that name; did you mean 'region'?; it has count, region",
            "error transformation_variables text_value: ${cleint}: unknown; did you mean 'client'?; for a literal '${' write '$${'",
            "error transformation_variables text_value: ${HOME}: unknown; for a literal '${' write '$${'",
            "error transformation_variables text_value: ${run_id: the closing '}' is missing; for a literal '${' write '$${'"),
        new Case(
            value(1, "source", "${task.flow_ingest_sql_2.result}"),
            "error transformation_variables text_value: ${task.flow_ingest_sql_2.result}: that task is not upstream: it has not ended when this one starts"),
        new Case(
            value(2, "sql", "${task.flow_raw_extract_9.result.n}"),
            "error transformation_variables text_value: ${task.flow_raw_extract_9.result.n}: the pipeline has no task of that key; did you mean 'flow_raw_extract_1'?; tasks before this one: flow_raw_extract_1"),
        new Case(
            "update configuration.transformation_templates set variable_structures = '{\"sql\": {\"datatype\": \"string\"}, \"x\": {\"datatype\": \"string\", \"default\": \"${parameter.z}\"}}' where name = 'sql';"
                + "delete from configuration.transformation_variables where name in ('inputs', 'output') and transformation_id > 1",
            "error transformations: the default of 'x': ${parameter.z}: the pipeline has no parameter of that name; it has count, region",
            "error transformations: the default of 'x': ${parameter.z}: the pipeline has no parameter of that name; it has count, region",
            "error transformations: the default of 'x': ${parameter.z}: the pipeline has no parameter of that name; it has none",
            "warning transformations: the default of 'x': ${parameter.z}: the pipeline has no parameter of that name; it has none"),
        // datasets
        new Case(
            value(2, "inputs", "files"),
            "error transformation_variables text_value: 'files' is no dataset: <state>/<dataset> or <client>/<brand>/<state>/<dataset>"),
        new Case(
            value(2, "inputs", "raw/flies"),
            "error transformation_variables text_value: nobody writes 'acme/main/raw/flies', and it was never written; did you mean 'acme/main/raw/files'?"),
        new Case(
            value(2, "inputs", "raw/old@run"),
            "error transformation_variables text_value: no transformation of this pipeline writes 'acme/main/raw/old'"),
        new Case(
            value(2, "inputs", "ingest/more_rows"),
            "error transformation_variables text_value: 'acme/main/ingest/more_rows' is written by flow/ingest/sql 3, which is not upstream"),
        new Case(
            value(2, "inputs", "ingest/more_rows@newest"),
            "warning transformation_variables text_value: 'acme/main/ingest/more_rows' is written by flow/ingest/sql 3, which is not upstream; the first run finds none"),
        new Case(
            committed("acme", "main", "ingest", "more_rows")
                + ";"
                + value(2, "inputs", "ingest/more_rows"),
            "warning transformation_variables text_value: 'acme/main/ingest/more_rows' is written by flow/ingest/sql 3, which is not upstream, so that this reads what an earlier run wrote"),
        new Case(
            committed("acme", "main", "ingest", "more_rows")
                + ";"
                + value(2, "inputs", "ingest/more_rows@newest")),
        new Case(committed("acme", "main", "raw", "old") + ";" + value(2, "inputs", "raw/old")),
        new Case(
            "update configuration.pipelines set is_active = false, run_frequency = null where name = 'flow'",
            "warning transformation_variables text_value: 'acme/main/ingest/rows' is written only by flow/ingest/sql 2, whose pipeline is not active, and was never written"),
        new Case(
            value(2, "output", "${task.flow_raw_extract_1.result.name}")
                + ";"
                + value(3, "inputs", "ingest/rows"),
            "warning transformation_variables text_value: nothing is known to write 'acme/main/ingest/rows'; flow/ingest/sql 2 may, depending on its run",
            "warning transformation_variables text_value: nothing is known to write 'acme/main/ingest/rows'; flow/ingest/sql 2 may, depending on its run"),
        new Case(
            value(3, "output", "rows"),
            "error transformation_variables text_value: the dataset 'acme/main/ingest/rows' is also written by flow/ingest/sql 2 of the same pipeline"),
        new Case(
            value(1, "output", "raw/files"),
            "error transformation_variables text_value: dataset to write: 'raw/files' is not a name: lower-case letters, digits and underscores, a letter first",
            "error transformation_variables text_value: nobody writes 'acme/main/raw/files', and it was never written"),
        new Case(
            add(3, "more", "rows=raw/files"),
            "error transformations: the variables 'inputs' and 'more' both have an input 'rows'"),
        new Case(
            value(3, "inputs", "raw/files, files=ingest/rows"),
            "error transformation_variables text_value: two inputs are called 'files'; give one of them an alias: other=ingest/rows"),
        new Case(
            "update configuration.pipelines set brand_id = (select id from configuration.brands where name = 'main') where name = 'reader';"
                + "update configuration.pipeline_states set pipeline_state_type_id = (select id from configuration.pipeline_state_types where name = 'ingest') where pipeline_id = (select id from configuration.pipelines where name = 'reader');"
                + add(4, "output", "rows"),
            "warning transformation_variables text_value: the dataset 'acme/main/ingest/rows' is also written by flow/ingest/sql 2; readers get the newest of both",
            "warning transformation_variables text_value: the dataset 'acme/main/ingest/rows' is also written by reader/ingest/sql 4; readers get the newest of both",
            "warning transformation_variables text_value: 'acme/main/ingest/rows' is written by reader/ingest/sql 4, which is not upstream, so that this reads what an earlier run wrote"));
  }

  @ParameterizedTest
  @MethodSource({"bad", "frequencies"})
  void tellsWhatIsWrong(Case edited) {
    var problems = after(edited.edit(), ConfigurationValidation::validate);

    assertThat(problems)
        .extracting(ConfigurationValidationTest::shown)
        .containsExactlyInAnyOrder(edited.problems());
    assertThat(problems).allSatisfy(problem -> assertThat(problem.remedy()).isNotBlank());
  }

  @Test
  void beforeARunOnlyThePipelineAndWhatItUsesAreValidated() {
    var edit =
        set("pipelines", "time_zone", "Moon", "name = 'idle'")
            + ";"
            + set("pipelines", "time_zone", "Mars", "name = 'flow'")
            + ";"
            + set("pools", "name", "Unused", "name = 'sftp'");

    assertThat(after(edit, snapshot -> ConfigurationValidation.validatePipeline(snapshot, "idle")))
        .extracting(ConfigurationValidationTest::shown)
        .containsExactly("error pipelines time_zone: 'Moon' is no time zone");
    assertThat(
            after(edit, snapshot -> ConfigurationValidation.validatePipeline(snapshot, "nowhere")))
        .isEmpty();
  }

  @Test
  void beforeARunItsParametersCount() {
    var edit = add(1, "limit", "${parameter.count}");
    Function<Map<String, String>, List<Problem>> with =
        parameters ->
            after(
                edit,
                snapshot -> ConfigurationValidation.validatePipeline(snapshot, "flow", parameters));

    assertThat(with.apply(Map.of())).isEmpty();
    assertThat(with.apply(Map.of("count", "x")))
        .extracting(ConfigurationValidationTest::shown)
        .containsExactly(
            "error transformation_variables text_value: 'x' is not an integer (digits, with a sign"
                + " before them if need be)");
  }

  @BothDatabases
  void beforeARunDatasetsAreLookedUpOneByOne(TestDatabase database) throws SQLException {
    var loaded = loaded(database);
    database.execute(value(2, "inputs", "raw/old"));
    Supplier<List<Problem>> problems =
        () ->
            loaded.inTransaction(handle ->
                ConfigurationValidation.validatePipeline(handle, "flow", Map.of(), SizeRule.ANY));

    assertThat(problems.get())
        .extracting(ConfigurationValidationTest::shown)
        .containsExactly(
            "error transformation_variables text_value: nobody writes 'acme/main/raw/old', and it"
                + " was never written");
    database.execute(committed("acme", "main", "raw", "old").split(";"));
    assertThat(problems.get()).isEmpty();
  }

  @Test
  void aProblemNamesItsRowAndARemedy() {
    var problem = after(add(1, "limit", "ten"), ConfigurationValidation::validate).getFirst();

    assertThat(problem.rowName()).isEqualTo("flow/raw/extract 1/limit");
    assertThat(problem)
        .hasToString(
            "error: transformation_variables %d (flow/raw/extract 1/limit) text_value: 'ten' is not an integer (digits, with a sign before them if need be); the template 'extract' wants it to be of datatype integer"
                .formatted(problem.rowId()));
  }

  private static String shown(Problem problem) {
    return "%s %s%s: %s"
        .formatted(
            problem.isError() ? "error" : "warning",
            problem.table(),
            problem.column() == null ? "" : " " + problem.column(),
            problem.message());
  }

  /** Validates after edits that are then undone. */
  private static List<Problem> after(
      String edits, Function<ConfigurationSnapshot, List<Problem>> validation) {
    try (var handle = jdbi.open()) {
      handle.begin();
      try (var statement = handle.getConnection().createStatement()) {
        statement.execute(edits);
      } catch (SQLException e) {
        throw new IllegalArgumentException(edits, e);
      }
      var result = validation.apply(ConfigurationSnapshot.read(handle));
      handle.rollback();
      return result;
    }
  }

  private static String set(String table, String column, String value, String where) {
    return "update configuration.%s set %s = '%s' where %s".formatted(table, column, value, where);
  }

  private static String value(long transformation, String name, String value) {
    return set(
        "transformation_variables",
        "text_value",
        value,
        "transformation_id = %d and name = '%s'".formatted(transformation, name));
  }

  private static String rename(long transformation, String name, String newName) {
    return set(
        "transformation_variables",
        "name",
        newName,
        "transformation_id = %d and name = '%s'".formatted(transformation, name));
  }

  private static String add(long transformation, String name, String value) {
    return "insert into configuration.transformation_variables (transformation_id, name, text_value) values (%d, '%s', '%s')"
        .formatted(transformation, name, value);
  }

  private static String committed(String client, String brand, String state, String name) {
    return """
    insert into execution.definitions (sha256, definition, created_at)
    values ('0', '{}', current_timestamp);
    insert into execution.runs (id, pipeline, client, brand, definition_sha256, status, trigger_kind,
      requested_by, logical_date, rerun_number, parameters, priority, created_at)
    values (1, 'p', 'c', 'b', '0', 'SUCCEEDED', 'manual', 'ann', current_timestamp, 0, '{}', 0,
      current_timestamp);
    insert into execution.tasks (run_id, task_index, task_key, kind, state, wave, status,
      status_since, attempts, user_failures, infrastructure_failures)
    values (1, 0, 't', 'TRANSFORMATION', 'raw', 0, 'SUCCEEDED', current_timestamp, 1, 0, 0);
    insert into execution.datasets (id, branch, client, brand, state, name, run_id, task_index,
      attempt_number, root, path, format, files, byte_count, committed_at)
    values (1, 'main', '%s', '%s', '%s', '%s', 1, 0, 1, '/', 'x/', 'parquet', '[]', 0,
      current_timestamp)\
    """
        .formatted(client, brand, state, name);
  }
}
