package dev.core.bench;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * A pipeline of equal tasks, given by the widths of its waves.
 *
 * @param title for people
 * @param pipeline its name in the store
 */
record Shape(String title, String pipeline, List<Integer> waves) {

  static final Shape CHAIN = new Shape("chain of 100", "bench_chain", Collections.nCopies(100, 1));
  static final Shape FAN = new Shape("1 -> 500 -> 1", "bench_fan", List.of(1, 500, 1));
  static final Shape LAYERS = new Shape("7 x 60", "bench_layers", Collections.nCopies(7, 60));

  static final List<Shape> ALL = List.of(CHAIN, FAN, LAYERS);

  int tasks() {
    return waves.stream().mapToInt(Integer::intValue).sum();
  }

  /** Puts all shapes into an empty store; every task runs {@code true} in a shell. */
  static void install(Jdbi jdbi) {
    jdbi.useTransaction(handle -> {
      long client = insert(handle, "clients (name) values ('bench')", Map.of());
      long brand =
          insert(
              handle,
              "brands (client_id, name) values (:client, 'bench')",
              Map.of("client", client));
      long type = insert(handle, "pipeline_types (name) values ('bench')", Map.of());
      long template =
          insert(
              handle,
              """
              transformation_templates (name, variable_structures)
              values ('shell', cast(:structures as configuration.json_document))
              """,
              Map.of("structures", "{\"command\": {\"datatype\": \"string\"}}"));
      for (var shape : ALL) {
        shape.install(handle, brand, type, template);
      }
    });
  }

  private void install(Handle handle, long brand, long type, long template) {
    long id =
        insert(
            handle,
            "pipelines (name, brand_id, pipeline_type_id) values (:name, :brand, :type)",
            Map.of("name", pipeline, "brand", brand, "type", type));
    long state =
        insert(
            handle,
            """
            pipeline_states (pipeline_id, pipeline_state_type_id, graph_order)
            values (
              :pipeline, (select id from configuration.pipeline_state_types where name = 'raw'), 10)
            """,
            Map.of("pipeline", id));
    for (int wave = 0; wave < waves.size(); wave++) {
      for (int task = 0; task < waves.get(wave); task++) {
        long transformation =
            insert(
                handle,
                """
                transformations (pipeline_state_id, transformation_template_id, graph_order)
                values (:state, :template, :wave)
                """,
                Map.of("state", state, "template", template, "wave", wave));
        insert(
            handle,
            """
            transformation_variables (transformation_id, name, text_value)
            values (:transformation, 'command', 'true')
            """,
            Map.of("transformation", transformation));
      }
    }
  }

  private static long insert(Handle handle, String row, Map<String, ?> values) {
    return handle
        .createUpdate("insert into configuration." + row)
        .bindMap(values)
        .executeAndReturnGeneratedKeys("id")
        .mapTo(Long.class)
        .one();
  }
}
