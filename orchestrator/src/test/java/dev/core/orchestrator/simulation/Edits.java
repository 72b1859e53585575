package dev.core.orchestrator.simulation;

import dev.core.orchestrator.simulation.jvm.MigratedStore;
import java.sql.SQLException;

/** What people change in the configuration while runs are under way, by SQL. */
final class Edits {

  private final MigratedStore store;
  private final Scenario scenario;
  private final Chance chance;
  private final Trace trace;

  Edits(MigratedStore store, Scenario scenario, Chance chance, Trace trace) {
    this.store = store;
    this.scenario = scenario;
    this.chance = chance;
    this.trace = trace;
  }

  void make() {
    switch (chance.between(0, 5, "edit")) {
      case 0 -> {
        String pool = chance.happens(0.5, "which pool") ? "narrow" : "wide";
        int slots = chance.between(1, 4, "slots");
        execute("update configuration.pools set slots = " + slots + " where name = '" + pool + "'");
        scenario.slots(pool, slots);
      }
      case 1 ->
          execute(
              "update configuration.transformations set graph_order = 1 - graph_order where mod(id, 3) = "
                  + chance.between(0, 2, "which"));
      case 2 ->
          execute(
              "update configuration.pipelines set parallel_task_limit = "
                  + chance.between(1, 3, "parallel")
                  + ", priority = "
                  + chance.between(-2, 2, "priority"));
      case 3 ->
          execute(
              """
              insert into configuration.transformations
                (pipeline_state_id, transformation_template_id, timeout_seconds)
              select max(id), 1, 60 from configuration.pipeline_states
              """);
      case 4 ->
          execute(
              """
              update configuration.transformations set attempts = mod(coalesce(attempts, 1), 3) + 1,
                retry_delay_seconds = 5
              """);
      default ->
          execute(
              "update configuration.transformation_variables set text_value = 'raw/d1' where name = 'reads'");
    }
  }

  private void execute(String sql) {
    trace.line("user", () -> sql.replaceAll("\\s+", " "));
    var kept = store.take();
    try (var statement = kept.connection().createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("an edit failed: " + sql, e);
    } finally {
      store.give(kept);
    }
  }
}
