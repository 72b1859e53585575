package dev.core.common.configuration.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.configuration.validation.ConfigurationSnapshot;
import dev.core.common.configuration.validation.ConfigurationValidation;
import dev.core.common.configuration.validation.Problem;
import dev.core.common.database.Database;
import dev.core.common.database.Dialect;
import dev.core.migrations.testing.TestDatabases;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LargeConfigurationTest {

  /** 200 pipelines of 25 transformations in 5 states, each reading what the one before wrote. */
  private static String large() {
    var yaml =
        new StringBuilder(
            """
            clients: [{name: acme, brands: [{name: main}]}]
            pipeline_types: [{name: analytics}]
            templates:
              - name: sql
                variables:
                  sql: {datatype: string}
                  inputs: {datatype: dataset, required: false}
                  output: {datatype: dataset, direction: output}
            pipelines:
            """);
    for (int pipeline = 0; pipeline < 200; pipeline++) {
      yaml.append(
          "  - {name: p%d, client: acme, brand: main, type: analytics, states: [\n"
              .formatted(pipeline));
      var previous = "";
      for (String state : List.of("raw", "ingest", "master", "enrich", "metrics")) {
        yaml.append("    {state: %s, transformations: [\n".formatted(state));
        for (int i = 0; i < 5; i++) {
          yaml.append(
              "      {template: sql, variables: {sql: select %d, output: p%d_d%d%s}},\n"
                  .formatted(
                      i,
                      pipeline,
                      i,
                      previous.isEmpty()
                          ? ""
                          : ", inputs: %s/p%d_d%d".formatted(previous, pipeline, i)));
        }
        yaml.append("    ]},\n");
        previous = state;
      }
      yaml.append("  ]}\n");
    }
    return yaml.toString();
  }

  @Test
  void isImportedComparedExportedAndValidatedInSeconds() {
    var test = TestDatabases.h2();
    var database = Database.over(test.dataSource(), Dialect.H2);
    var yaml = new ConfigurationYaml(database.jdbi(), database.dialect());
    var text = large();
    long start = System.nanoTime();

    assertThat(yaml.apply(text, "ann")).isInstanceOf(ImportResult.Accepted.class);
    assertThat(yaml.preview(text)).isEqualTo(new ImportResult.Accepted(List.of(), List.of()));
    assertThat(yaml.export()).contains("p199_d4");
    List<Problem> problems =
        database
            .jdbi()
            .withHandle(
                handle -> ConfigurationValidation.validate(ConfigurationSnapshot.read(handle)));
    List<Problem> one =
        database
            .jdbi()
            .withHandle(handle ->
                ConfigurationValidation.validatePipeline(ConfigurationSnapshot.read(handle), "p7"));
    long checked = System.nanoTime();

    assertThat(problems).isEmpty();
    assertThat(one).isEmpty();
    assertThat(Duration.ofNanos(checked - start)).isLessThan(Duration.ofSeconds(60));
  }
}
