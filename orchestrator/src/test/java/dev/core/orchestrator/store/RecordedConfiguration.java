package dev.core.orchestrator.store;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Records of the pipelines of {@link RecordedRuns}, so that their runs can be run again. */
public final class RecordedConfiguration {

  private RecordedConfiguration() {}

  /**
   * Gives a pipeline that has no states those of {@link RecordedRuns#failedRun}: raw with a shell,
   * ingest with an sql. To be called once for a database without transformations.
   */
  public static void waves(Jdbi jdbi, String pipeline) {
    jdbi.useTransaction(handle -> {
      transformation(handle, pipeline, "raw", "shell");
      transformation(handle, pipeline, "ingest", "sql");
    });
  }

  /** A client, a brand and a pipeline with a parameter. */
  public static void pipeline(Jdbi jdbi, String pipeline) {
    jdbi.useTransaction(handle -> {
      handle.execute("insert into configuration.clients (name) values ('acme')");
      handle.execute("insert into configuration.brands (client_id, name) values (1, 'shop')");
      handle.execute("insert into configuration.pipeline_types (name) values ('etl')");
      handle.execute(
          """
          insert into configuration.pipelines (name, brand_id, pipeline_type_id)
          values (?, 1, 1)
          """,
          pipeline);
      handle.execute(
          """
          insert into configuration.pipeline_parameters (pipeline_id, name, datatype, default_value)
          values (1, 'year', 'integer', '2008')
          """);
    });
  }

  private static void transformation(
      Handle handle, String pipeline, String state, String template) {
    handle.execute(
        "insert into configuration.transformation_templates (name, variable_structures)"
            + " values (?, cast('{}' as configuration.json_document))",
        template);
    handle.execute(
        """
        insert into configuration.pipeline_states
          (pipeline_id, pipeline_state_type_id, graph_order)
        select p.id, s.id, s.graph_order
        from configuration.pipelines p, configuration.pipeline_state_types s
        where p.name = ? and s.name = ?
        """,
        pipeline,
        state);
    handle.execute(
        """
        insert into configuration.transformations (pipeline_state_id, transformation_template_id)
        select s.id, t.id
        from configuration.pipeline_states s
        join configuration.pipeline_state_types y on y.id = s.pipeline_state_type_id,
          configuration.transformation_templates t
        where y.name = ? and t.name = ?
        """,
        state,
        template);
  }
}
