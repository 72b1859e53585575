package dev.core.common.configuration.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import dev.core.common.database.Database;
import dev.core.common.database.Dialect;
import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import dev.core.migrations.testing.TestDatabases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import org.jdbi.v3.core.Jdbi;

class ConfigurationYamlTest {

  private static final String BASICS =
      """
      clients:
        - name: acme
          brands:
            - name: main
      pipeline_types:
        - name: analytics
      """;

  private static final String PIPELINE =
      """
      templates:
        - name: sql
          variables:
            other:
              datatype: string
              required: false
            sql:
              datatype: string
              required: false
      pipelines:
        - name: p
          client: acme
          brand: main
          type: analytics
          states:
            - state: raw
              transformations:
                - template: sql
                  variables:
                    sql: select 1
                - template: sql
                  graph_order: 1
                  variables:
                    sql: select 2
      """;

  @BothDatabases
  void exportedImportedAndExportedAgainIsTheSameByteForByte(TestDatabase database) {
    var example = resource("everything.yaml");
    var first = yaml(database);
    accepted(first.apply(example, "ann"));
    var exported = first.export();

    assertThat(exported).isEqualTo(example);
    assertThat(accepted(first.apply(exported, "ann")).differences()).isEmpty();
    for (var other : List.of(TestDatabases.h2(), TestDatabases.postgres())) {
      var second = yaml(other);
      accepted(second.apply(exported, "ben"));
      assertThat(second.export()).isEqualTo(exported);
    }
  }

  @BothDatabases
  void aFileWithoutIdsMayBeImportedAgain(TestDatabase database) {
    var yaml = yaml(database);
    accepted(yaml.apply(BASICS + PIPELINE, "ann"));

    assertThat(accepted(yaml.apply(BASICS + PIPELINE, "ann")).differences()).isEmpty();

    var edited = PIPELINE.replace("select 2", "select 3");
    assertThat(Difference.text(accepted(yaml.apply(edited, "ann")).differences()))
        .isEqualTo(
            """
            ~ variable p/2/sql
                value: select 2 -> select 3
            """);
  }

  @BothDatabases
  void idsThatTheFileBringsAreNotGivenAgain(TestDatabase database) {
    var yaml = yaml(database);
    var withId = PIPELINE.replaceFirst("- template: sql", "- id: 40\n            template: sql");
    accepted(yaml.apply(BASICS + withId, "ann"));

    assertThat(transformationIds(database)).containsExactly(40L, 41L);

    jdbi(database)
        .useHandle(handle ->
            handle.execute(
                """
                insert into configuration.transformations
                  (pipeline_state_id, transformation_template_id)
                select s.id, t.id
                from configuration.pipeline_states s, configuration.transformation_templates t
                """));
    assertThat(transformationIds(database)).containsExactly(40L, 41L, 42L);
  }

  @BothDatabases
  void whatIsNoLongerInAPipelineIsDeletedAndOthersAreLeftAlone(TestDatabase database) {
    var yaml = yaml(database);
    accepted(yaml.apply(BASICS + PIPELINE, "ann"));
    var other = PIPELINE.replace("name: p\n", "name: q\n").replaceFirst("(?s).*(?=pipelines:)", "");
    accepted(yaml.apply(other, "ann"));

    var moved =
        """
        pipelines:
          - name: p
            client: acme
            brand: main
            type: analytics
            priority: 5
            parameters:
              - name: region
                default: ""
            states:
              - state: master
                graph_order: 10
                transformations:
                  - id: 1
                    template: sql
                    variables:
                      other: |
                        select a
                        from b
        """;
    var preview = accepted(yaml.preview(moved));

    assertThat(Difference.text(preview.differences()))
        .isEqualTo(
            """
            ~ pipeline p
                priority: 0 -> 5
            + parameter p/region
                datatype: string
                default_value: (empty)
            + state p/master
                graph_order: 10
            - state p/raw
                graph_order: 10
            ~ transformation 1 (p/master/sql)
                state: raw -> master
            - transformation 2 (p/raw/sql)
                graph_order: 1
            + variable p/1/other
                value:
                  + select a
                  + from b
            - variable p/1/sql
                value: select 1
            - variable p/2/sql
                value: select 2
            """);
    assertThat(transformationIds(database)).containsExactly(1L, 2L, 3L, 4L);

    assertThat(accepted(yaml.apply(moved, "ben")).differences()).isEqualTo(preview.differences());
    assertThat(transformationIds(database)).containsExactly(1L, 3L, 4L);
    assertThat(accepted(yaml.preview(moved)).differences()).isEmpty();
    assertThat(actors(database, "pipelines")).containsExactly("ben", "ann");
  }

  @BothDatabases
  void ordersMayBeSwapped(TestDatabase database) {
    var yaml = yaml(database);

    accepted(
        yaml.apply(
            """
            state_types:
              - {name: raw, graph_order: 20}
              - {name: ingest, graph_order: 10}
            """,
            "ann"));

    assertThat(yaml.export())
        .startsWith(
            """
            state_types:
              - name: ingest
                graph_order: 10
              - name: raw
                graph_order: 20
            """);
  }

  @BothDatabases
  void nothingIsWrittenIfAnythingIsWrong(TestDatabase database) {
    var yaml = yaml(database);
    var before = yaml.export();

    var problems =
        refused(
            yaml.apply(
                """
                clients:
                  - name: Acme
                  - name: ok
                    brands:
                      - nam: main
                pools: [{name: small, slots: -1}, {name: big, slots: many}]
                pipeline_types:
                  - name: analytics
                    segment: nowhere
                piplines: []
                pipelines:
                  - name: p
                    client: ok
                    brand: mian
                    type: analytic
                    overlap_policy: WAIT
                    start_date: tomorrow
                    parameters:
                      - {name: a, datatype: secret}
                      - {name: a}
                    states:
                      - state: rwa
                      - state: ingest
                        graph_order: 20
                        transformations:
                          - template: sql
                            vcpus: 0.001
                            variables: {a: [1], b: , c: {x: 1}}
                          - template: sql
                            id: 7
                          - template: sql
                            id: 7
                      - state: master
                        graph_order: 20
                """,
                "ann"));

    assertThat(problems)
        .extracting(YamlProblem::toString)
        .containsExactly(
            "line 2: client: 'Acme' is not a name: lower-case letters, digits and underscores, a letter first",
            "line 5: unknown key 'nam' of a brand; did you mean 'name'?; allowed: name, description",
            "line 5: a brand needs 'name'",
            "line 6: 'slots': 'many' is not an integer (digits, with a sign before them if need be)",
            "line 6: pool small: 'slots' -1 must be at least 0",
            "line 9: pipeline type analytics: there is no segment 'nowhere'; there is none at all, so add it",
            "line 10: unknown key 'piplines'; did you mean 'pipelines'?; allowed: clients, segments, pipeline_types, state_types, pools, tags, templates, pipelines",
            "line 14: pipeline p: there is no brand 'ok/mian'; there is none at all, so add it",
            "line 15: pipeline p: there is no pipeline type 'analytic'; did you mean 'analytics'?; name analytics, or add it",
            "line 16: pipeline p: 'overlap_policy' 'WAIT' is unknown; allowed: QUEUE, SKIP, CANCEL_RUNNING, PARALLEL",
            "line 17: 'start_date': 'tomorrow' is not a datetime (such as 2026-01-31T08:30:00Z, or without offset in UTC)",
            "line 19: parameter p/a: 'datatype' 'secret' is unknown; allowed: string, integer, decimal, boolean, date, datetime, json",
            "line 20: parameter p/a is listed twice, first in line 19; leave one of them out",
            "line 22: state p/rwa: there is no state type 'rwa'; did you mean 'raw'?; name one of dimensional, enhance, enrich, ingest, master, metrics, raw, or add it",
            "line 26: transformation 8: there is no template 'sql'; there is none at all, so add it",
            "line 27: 'vcpus': '0.001' must have at most two decimals and be at most 9999.99",
            "line 28: 'a' must be a text, not a list; write JSON in quotes or as a block",
            "line 28: 'b' has no value; for empty text write \"\"",
            "line 28: 'c' must be a text, not a mapping; write JSON in quotes or as a block",
            "line 29: transformation 7: there is no template 'sql'; there is none at all, so add it",
            "line 31: transformation 7 is listed twice, first in line 29; leave one of them out",
            "line 34: state p/master: graph_order 20 is that of state p/ingest as well; each needs its own");
    assertThat(yaml.export()).isEqualTo(before);
  }

  @BothDatabases
  void whenToRunIsCheckedAlsoBesideUnknownReferences(TestDatabase database) {
    assertThat(
            refused(
                yaml(database)
                    .apply(
                        """
                        pipelines:
                          - name: night
                            client: acme
                            brand: road
                            type: etl
                            run_frequency: dayly
                            time_zone: Europe/Berln
                          - name: asleep
                            client: acme
                            brand: road
                            type: etl
                            is_active: false
                            run_frequency: dayly
                        """,
                        "ann")))
        .extracting(YamlProblem::toString)
        .anySatisfy(problem -> assertThat(problem).contains("there is no client 'acme'"))
        .contains(
            "line 6: night: run_frequency: 'dayly' is no frequency; did you mean 'daily'?;"
                + " allowed: hourly, daily, weekly, monthly, yearly or a cron expression such as"
                + " '0 3 * * 1-5'; correct it, or set null to start by hand",
            "line 7: night: time_zone: 'Europe/Berln' is no time zone; did you mean"
                + " 'Europe/Berlin'?; name one of the IANA database, such as Europe/Berlin or UTC")
        .noneSatisfy(problem -> assertThat(problem).startsWith("line 13"));
  }

  @BothDatabases
  void theWholeConfigurationIsValidatedBeforeItIsWritten(TestDatabase database) {
    var yaml = yaml(database);
    accepted(yaml.apply(BASICS + PIPELINE, "ann"));
    var before = yaml.export();

    assertThat(
            refused(
                yaml.apply(
                    PIPELINE
                        .replaceFirst("(?s)(sql:\\s+datatype:) string", "$1 integer")
                        .replace("type: analytics", "type: analytics\n    time_zone: Moon"),
                    "ann")))
        .extracting(YamlProblem::toString)
        .containsExactly(
            "line 15: p: time_zone: 'Moon' is no time zone; name one of the IANA database, such as"
                + " Europe/Berlin or UTC",
            "line 21: p/raw/sql 1/sql: value: 'select 1' is not an integer (digits, with a sign"
                + " before them if need be); the template 'sql' wants it to be of datatype integer",
            "line 25: p/raw/sql 2/sql: value: 'select 2' is not an integer (digits, with a sign"
                + " before them if need be); the template 'sql' wants it to be of datatype integer");
    assertThat(
            refused(
                yaml.apply(
                    """
                    templates:
                      - name: sql
                        state_type: master
                        variables:
                          sql: {datatype: string, default: select}
                    """,
                    "ann")))
        .extracting(YamlProblem::line)
        .containsExactly(0, 0);
    assertThat(yaml.export()).isEqualTo(before);
    assertThat(
            accepted(
                    yaml.preview(
                        PIPELINE.replace(
                            "type: analytics", "type: analytics\n    overlap_limit: 3")))
                .warnings())
        .extracting(YamlProblem::toString)
        .containsExactly(
            "line 15: p: overlap_limit: means nothing with the policy QUEUE; set overlap_policy to"
                + " PARALLEL, or overlap_limit to 1");
  }

  @BothDatabases
  void anEditAtTheSameTimeIsAProblemAndNotACrash(TestDatabase database) throws Exception {
    try (var other = database.connect();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      other.setAutoCommit(false);
      try (var insert = other.createStatement()) {
        insert.execute("insert into configuration.clients (name) values ('acme')");
      }
      var result = threads.submit(() -> yaml(database).apply(BASICS, "ann"));
      // Postgres waits for the other to commit, H2 refuses at once.
      await().until(() -> result.isDone() || isSomebodyBlocked(database));
      other.commit();

      assertThat(refused(result.get()))
          .singleElement()
          .asString()
          .startsWith("the database refused it, perhaps because somebody else edits");
    }
    assertThat(yaml(database).export()).doesNotContain("analytics");
  }

  @BothDatabases
  void chosenPipelinesAreExportedWithAllThatTheyReferTo(TestDatabase database) {
    var yaml = yaml(database);
    accepted(yaml.apply(resource("everything.yaml"), "ann"));

    var one = yaml.export(Set.of("quiet"));

    assertThat(one)
        .isEqualTo(
            """
            clients:
              - name: acme
                brands:
                  - name: main
            pipeline_types:
              - name: plain
            pipelines:
              - name: quiet
                client: acme
                brand: main
                type: plain
                is_active: false
            """);
    accepted(yaml(TestDatabases.h2()).apply(one, "ann"));
  }

  private static boolean isSomebodyBlocked(TestDatabase database) {
    var sql =
        database.isPostgres()
            ? """
            select count(*) from pg_stat_activity
            where wait_event_type = 'Lock' and datname = current_database()
            """
            : "select count(*) from information_schema.sessions where blocker_id is not null";
    return jdbi(database).withHandle(handle -> handle.createQuery(sql).mapTo(Integer.class).one())
        > 0;
  }

  private static ImportResult.Accepted accepted(ImportResult result) {
    assertThat(result).isInstanceOf(ImportResult.Accepted.class);
    return (ImportResult.Accepted) result;
  }

  private static List<YamlProblem> refused(ImportResult result) {
    return assertThat(result).asInstanceOf(type(ImportResult.Refused.class)).actual().problems();
  }

  private static ConfigurationYaml yaml(TestDatabase database) {
    return new ConfigurationYaml(jdbi(database), Dialect.of(database.url()));
  }

  private static Jdbi jdbi(TestDatabase database) {
    return Database.over(database.dataSource(), Dialect.of(database.url())).jdbi();
  }

  private static List<Long> transformationIds(TestDatabase database) {
    return jdbi(database)
        .withHandle(handle ->
            handle
                .createQuery("select id from configuration.transformations order by id")
                .mapTo(Long.class)
                .list());
  }

  private static List<String> actors(TestDatabase database, String table) {
    return jdbi(database)
        .withHandle(handle ->
            handle
                .createQuery("select last_actor from configuration." + table + " order by name")
                .mapTo(String.class)
                .list());
  }

  private static String resource(String name) {
    try (var stream = ConfigurationYamlTest.class.getResourceAsStream(name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
