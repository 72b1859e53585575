package dev.core.orchestrator.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.configuration.PipelineDefinitions;
import dev.core.common.configuration.yaml.ConfigurationYaml;
import dev.core.common.configuration.yaml.ImportResult;
import dev.core.common.database.Database;
import dev.core.common.database.Dialect;
import dev.core.common.definition.SizeRule;
import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import dev.core.orchestrator.engine.RunPlan;
import java.util.Map;

/**
 * Names as long as the store allows are good names, though their task keys are no names of jobs.
 */
class LongestNamesTest {

  private static final String YAML =
      """
      clients:
        - name: %1$s
          brands:
            - name: %1$s
      pipeline_types:
        - name: %1$s
      state_types:
        - name: %1$s
          graph_order: 2147483647
      templates:
        - name: %1$s
      pipelines:
        - name: %1$s
          client: %1$s
          brand: %1$s
          type: %1$s
          states:
            - state: %1$s
              transformations:
                - id: 1000000000000
                  template: %1$s
      """
          .formatted("n".repeat(63));

  @BothDatabases
  void theyFitIntoTaskKeysAndNamesOfJobs(TestDatabase test) {
    try (var database = Database.over(test.dataSource(), Dialect.of(test.url()))) {
      assertThat(new ConfigurationYaml(database.jdbi(), database.dialect()).apply(YAML, "ann"))
          .isInstanceOf(ImportResult.Accepted.class);
      var name = "n".repeat(63);
      database
          .jdbi()
          .useTransaction(handle -> {
            assertThat(new ConfigurationCheck(SizeRule.ANY).problems(handle, name, Map.of()))
                .isEmpty();
            var plan = RunPlan.of(PipelineDefinitions.read(handle, name).orElseThrow());
            assertThat(plan.key(1)).hasSizeLessThanOrEqualTo(300);
            var first = Dispatching.jobName(Long.MAX_VALUE, 1, 1, plan.key(1), "a");
            assertThat(first).matches("[A-Za-z0-9][A-Za-z0-9_-]{0,127}");
            assertThat(Dispatching.jobName(Long.MAX_VALUE, 1, 1, plan.key(1), "b"))
                .isNotEqualTo(first);
          });
    }
  }
}
