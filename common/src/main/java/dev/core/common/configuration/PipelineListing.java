package dev.core.common.configuration;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline in a list for people.
 *
 * @param runFrequency null: started by hand
 */
public record PipelineListing(
    long id,
    String name,
    String client,
    String brand,
    String pipelineType,
    @Nullable String description,
    boolean isActive,
    @Nullable String runFrequency,
    String timeZone,
    int states,
    int transformations,
    Instant updatedAt,
    String lastActor) {

  /** All pipelines, by name; one query. */
  public static List<PipelineListing> list(Handle handle) {
    try (var query =
        handle.createQuery(
            """
            select p.id, p.name, c.name as client, b.name as brand, t.name as pipeline_type,
              p.description, p.is_active, p.run_frequency, p.time_zone,
              (select count(*) from configuration.pipeline_states s
                where s.pipeline_id = p.id) as states,
              (select count(*) from configuration.transformations x
                join configuration.pipeline_states s on s.id = x.pipeline_state_id
                where s.pipeline_id = p.id) as transformations,
              p.updated_at, p.last_actor
            from configuration.pipelines p
            join configuration.brands b on b.id = p.brand_id
            join configuration.clients c on c.id = b.client_id
            join configuration.pipeline_types t on t.id = p.pipeline_type_id
            order by p.name
            """)) {
      return query.mapTo(PipelineListing.class).list();
    }
  }
}
