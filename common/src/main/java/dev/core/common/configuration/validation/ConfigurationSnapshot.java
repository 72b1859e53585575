package dev.core.common.configuration.validation;

import dev.core.common.configuration.Brand;
import dev.core.common.configuration.Client;
import dev.core.common.configuration.ConfigurationStore;
import dev.core.common.configuration.Pipeline;
import dev.core.common.configuration.PipelineParameter;
import dev.core.common.configuration.PipelineState;
import dev.core.common.configuration.PipelineStateType;
import dev.core.common.configuration.PipelineType;
import dev.core.common.configuration.Pool;
import dev.core.common.configuration.Segment;
import dev.core.common.configuration.Tag;
import dev.core.common.configuration.Transformation;
import dev.core.common.configuration.TransformationTemplate;
import dev.core.common.configuration.TransformationVariable;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * All that validation looks at.
 *
 * @param committedDatasets {@code <client>/<brand>/<state>/<dataset>} of every dataset that some
 *     run has written, on any branch
 */
public record ConfigurationSnapshot(
    List<Client> clients,
    List<Brand> brands,
    List<Segment> segments,
    List<PipelineType> pipelineTypes,
    List<Pipeline> pipelines,
    List<PipelineParameter> parameters,
    List<PipelineStateType> stateTypes,
    List<PipelineState> states,
    List<Pool> pools,
    List<TransformationTemplate> templates,
    List<Transformation> transformations,
    List<TransformationVariable> variables,
    List<Tag> tags,
    Set<String> committedDatasets) {

  /** One query per table, in the handle's transaction or else in one snapshot of its own. */
  public static ConfigurationSnapshot read(Handle handle) {
    return handle.isInTransaction()
        ? queries(handle)
        : handle.inTransaction(
            TransactionIsolationLevel.REPEATABLE_READ, ConfigurationSnapshot::queries);
  }

  /** The same as if no run had ever written anything. */
  static ConfigurationSnapshot readWithoutDatasets(Handle handle) {
    return rows(handle, Set.of());
  }

  /**
   * One pipeline with what it uses, as if there were no other and no run had ever written anything:
   * what reading it costs does not depend on how many pipelines there are. Empty if there is none
   * of that name.
   */
  static Optional<ConfigurationSnapshot> readOne(Handle handle, String name) {
    var store = new ConfigurationStore(handle, "reader");
    return store
        .pipelines()
        .findBy("name", name)
        .map(pipeline -> {
          var brand = store.brands().find(pipeline.brandId()).orElseThrow();
          return new ConfigurationSnapshot(
              store.clients().find(brand.clientId()).stream().toList(),
              List.of(brand),
              store.segments().list(),
              store.pipelineTypes().list(),
              List.of(pipeline),
              store.pipelineParameters().where("pipeline_id", pipeline.id()),
              store.pipelineStateTypes().list(),
              store.pipelineStates().where("pipeline_id", pipeline.id()),
              store.pools().list(),
              store.transformationTemplates().list(),
              store.transformations().matching(OF_STATES, pipeline.id()),
              store.transformationVariables().matching(OF_TRANSFORMATIONS, pipeline.id()),
              store.tags().list(),
              Set.of());
        });
  }

  /** By their own ids: H2 would otherwise look at every row, so as not to have to sort them. */
  private static final String OF_STATES =
      """
      id in (
        select t.id from configuration.pipeline_states s
        join configuration.transformations t on t.pipeline_state_id = s.id
        where s.pipeline_id = :value)
      """;

  private static final String OF_TRANSFORMATIONS =
      """
      id in (
        select v.id from configuration.pipeline_states s
        join configuration.transformations t on t.pipeline_state_id = s.id
        join configuration.transformation_variables v on v.transformation_id = t.id
        where s.pipeline_id = :value)
      """;

  /** Whether some run has written the dataset of that full name, on any branch. */
  static boolean isCommitted(Handle handle, String dataset) {
    var parts = dataset.split("/");
    try (var query =
        handle.createQuery(
            """
            select count(*) from (
              select id from execution.datasets
              where client = :client and brand = :brand and state = :state and name = :name
              limit 1
            ) as found
            """)) {
      return query
              .bind("client", parts[0])
              .bind("brand", parts[1])
              .bind("state", parts[2])
              .bind("name", parts[3])
              .mapTo(Integer.class)
              .one()
          > 0;
    }
  }

  private static ConfigurationSnapshot queries(Handle handle) {
    return rows(handle, committed(handle));
  }

  private static ConfigurationSnapshot rows(Handle handle, Set<String> committedDatasets) {
    var store = new ConfigurationStore(handle, "reader");
    return new ConfigurationSnapshot(
        store.clients().list(),
        store.brands().list(),
        store.segments().list(),
        store.pipelineTypes().list(),
        store.pipelines().list(),
        store.pipelineParameters().list(),
        store.pipelineStateTypes().list(),
        store.pipelineStates().list(),
        store.pools().list(),
        store.transformationTemplates().list(),
        store.transformations().list(),
        store.transformationVariables().list(),
        store.tags().list(),
        committedDatasets);
  }

  private static Set<String> committed(Handle handle) {
    try (var query =
        handle.createQuery(
            """
            select distinct client || '/' || brand || '/' || state || '/' || name
            from execution.datasets
            """)) {
      return new HashSet<>(query.mapTo(String.class).list());
    }
  }
}
