package dev.core.orchestrator.engine.loop;

import org.jdbi.v3.core.Handle;

/** Puts pipelines into the store whose every transformation has the template {@code work}. */
final class WorkPipelines {

  private WorkPipelines() {}

  /**
   * @param widths how many transformations each wave has; each wave is a state of its own
   */
  static void insert(Handle handle, String name, int attempts, int... widths) {
    handle.execute(
        """
        insert into configuration.clients (name)
        select 'acme' where not exists (select 1 from configuration.clients)
        """);
    handle.execute(
        """
        insert into configuration.brands (client_id, name)
        select id, 'road' from configuration.clients
        where not exists (select 1 from configuration.brands)
        """);
    handle.execute(
        """
        insert into configuration.pipeline_types (name)
        select 'test' where not exists (select 1 from configuration.pipeline_types)
        """);
    handle.execute(
        """
        insert into configuration.transformation_templates
          (name, variable_structures, retry_delay_seconds)
        select 'work', cast('{"note":{"datatype":"string","default":"${run_id}"},
              "reads":{"datatype":"dataset","required":false},
              "writes":{"datatype":"dataset","direction":"output","required":false}}'
          as configuration.json_document), 0
        where not exists (select 1 from configuration.transformation_templates)
        """);
    handle.execute(
        """
        insert into configuration.pipelines (name, brand_id, pipeline_type_id)
        select ?, b.id, t.id from configuration.brands b, configuration.pipeline_types t
        """,
        name);
    for (int wave = 0; wave < widths.length; wave++) {
      String state = "stage_" + wave;
      handle.execute(
          """
          insert into configuration.pipeline_state_types (name, graph_order)
          select ?, ? where not exists
            (select 1 from configuration.pipeline_state_types where name = ?)
          """,
          state,
          1_000 + wave,
          state);
      handle.execute(
          """
          insert into configuration.pipeline_states
            (pipeline_id, pipeline_state_type_id, graph_order)
          select p.id, s.id, s.graph_order
          from configuration.pipelines p, configuration.pipeline_state_types s
          where p.name = ? and s.name = ?
          """,
          name,
          state);
      for (int i = 0; i < widths[wave]; i++) {
        handle.execute(
            """
            insert into configuration.transformations
              (pipeline_state_id, transformation_template_id, attempts)
            select s.id, t.id, ?
            from configuration.pipeline_states s
            join configuration.pipelines p on p.id = s.pipeline_id
            join configuration.pipeline_state_types y on y.id = s.pipeline_state_type_id,
            configuration.transformation_templates t
            where p.name = ? and y.name = ?
            """,
            attempts,
            name,
            state);
      }
    }
  }

  /** One task, then so many at once, then one. */
  static void insertWide(Handle handle, String name, int width) {
    insert(handle, name, 1, 1, 1, 1);
    handle.execute(
        """
        insert into configuration.transformations (pipeline_state_id, transformation_template_id)
        select t.pipeline_state_id, t.transformation_template_id
        from configuration.transformations t
        join configuration.pipeline_states s on s.id = t.pipeline_state_id
        join configuration.pipelines p on p.id = s.pipeline_id and p.name = ?
        join configuration.pipeline_state_types y
          on y.id = s.pipeline_state_type_id and y.name = 'stage_1'
        cross join generate_series(2, cast(? as integer)) as g (n)
        """,
        name,
        width);
  }
}
