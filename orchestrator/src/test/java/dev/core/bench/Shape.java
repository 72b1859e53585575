package dev.core.bench;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

  /** The same shape at three sizes: what a task costs should not depend on how many there are. */
  static final List<Shape> WIDE = List.of(wide(500), wide(5_000), wide(10_000));

  /** Tasks of wide waves that are there at the same time. */
  static final int AT_ONCE = 10_000;

  private static Shape wide(int tasks) {
    return new Shape("1 -> %,d -> 1".formatted(tasks), "bench_wide_" + tasks, List.of(1, tasks, 1));
  }

  /** The same with as many pipelines as make so many tasks of the middle wave. */
  List<Shape> copies(int tasks) {
    return IntStream.rangeClosed(1, tasks / wide())
        .mapToObj(copy -> copy == 1 ? this : new Shape(title, pipeline + "_" + copy, waves))
        .toList();
  }

  /** The width of its middle wave. */
  int wide() {
    return waves.get(waves.size() / 2);
  }

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
      Stream.concat(ALL.stream(), WIDE.stream().flatMap(shape -> shape.copies(AT_ONCE).stream()))
          .forEach(shape -> shape.install(handle, brand, type, template));
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
      int _ =
          handle
              .createUpdate(
                  """
                  insert into configuration.transformations
                    (pipeline_state_id, transformation_template_id, graph_order)
                  select cast(:state as bigint), cast(:template as bigint), cast(:wave as integer)
                  from generate_series(1, :tasks)
                  """)
              .bind("state", state)
              .bind("template", template)
              .bind("wave", wave)
              .bind("tasks", waves.get(wave))
              .execute();
    }
    int _ =
        handle
            .createUpdate(
                """
                insert into configuration.transformation_variables
                  (transformation_id, name, text_value)
                select id, 'command', 'true' from configuration.transformations
                where pipeline_state_id = :state
                """)
            .bind("state", state)
            .execute();
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
