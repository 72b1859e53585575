package dev.core.orchestrator.kill;

import org.jdbi.v3.core.Handle;

/** Pipelines of shell tasks, put into the store with SQL. */
final class Configured {

  private static final String TEMPLATE =
      """
      {"command": {"datatype": "string"},
       "output": {"datatype": "dataset", "direction": "output", "required": false}}
      """;

  private Configured() {}

  static void template(Handle handle) {
    handle.execute("insert into configuration.clients (name) values ('acme')");
    handle.execute(
        """
        insert into configuration.brands (client_id, name)
        select c.id, 'road' from configuration.clients c
        """);
    handle.execute("insert into configuration.pipeline_types (name) values ('test')");
    handle.execute(
        """
        insert into configuration.transformation_templates
          (name, variable_structures, attempts, retry_delay_seconds)
        values ('shell', cast(? as configuration.json_document), 1, 0)
        """,
        TEMPLATE);
  }

  static void pipeline(Handle handle, String name) {
    handle.execute(
        """
        insert into configuration.pipelines (name, brand_id, pipeline_type_id)
        select ?, b.id, t.id from configuration.brands b, configuration.pipeline_types t
        """,
        name);
    handle.execute(
        """
        insert into configuration.pipeline_states (pipeline_id, pipeline_state_type_id, graph_order)
        select p.id, s.id, s.graph_order
        from configuration.pipelines p, configuration.pipeline_state_types s
        where p.name = ? and s.name = 'raw'
        """,
        name);
  }

  /** Tasks of one wave are those with the same number; each writes a dataset of its own. */
  static void task(Handle handle, String pipeline, int wave, String dataset, String command) {
    handle.execute(
        """
        insert into configuration.transformations
          (pipeline_state_id, transformation_template_id, graph_order, description)
        select s.id, t.id, ?, ?
        from configuration.pipeline_states s
        join configuration.pipelines p on p.id = s.pipeline_id and p.name = ?,
          configuration.transformation_templates t
        """,
        wave,
        dataset,
        pipeline);
    variable(handle, dataset, "command", command);
    variable(handle, dataset, "output", dataset);
  }

  private static void variable(Handle handle, String transformation, String name, String value) {
    handle.execute(
        """
        insert into configuration.transformation_variables (transformation_id, name, text_value)
        select t.id, ?, ? from configuration.transformations t where t.description = ?
        """,
        name,
        value,
        transformation);
  }
}
