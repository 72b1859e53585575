package dev.core.orchestrator.simulation;

import dev.core.orchestrator.simulation.jvm.MigratedStore;
import java.sql.SQLException;
import java.util.List;

/** What people change in the configuration while runs are under way, by SQL. */
final class Edits {

  private final MigratedStore store;
  private final Scenario scenario;
  private final Chance chance;
  private final Trace trace;
  private final Timeline time;

  Edits(MigratedStore store, Scenario scenario, Chance chance, Trace trace, Timeline time) {
    this.time = time;
    this.store = store;
    this.scenario = scenario;
    this.chance = chance;
    this.trace = trace;
  }

  void make() {
    switch (chance.between(0, 8, "edit")) {
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
      case 6 ->
          execute(
              "update configuration.pipelines set run_frequency = '%s' where name = '%s'"
                  .formatted(Scenario.FREQUENCIES.get(chance.between(0, 2, "which")), pipeline()));
      case 7 -> {
        String pipeline = pipeline();
        boolean on = chance.happens(0.5, "catch up");
        execute(
            "update configuration.pipelines set is_catching_up = %s where name = '%s'"
                .formatted(on, pipeline));
        scenario.catchUp(pipeline, on);
      }
      case 8 ->
          execute(
              "update configuration.pipelines set is_active = not is_active where name = '%s'"
                  .formatted(pipeline()));
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

  private String pipeline() {
    List<String> all = scenario.pipelines();
    return all.get(chance.between(0, all.size() - 1, "which pipeline"));
  }

  /** Nothing is started by schedules any more. */
  void endSchedules() {
    execute("update configuration.pipelines set run_frequency = null");
  }

  private void execute(String sql) {
    scenario.retimed(time.micros());
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
