package dev.core.common.configuration;

import dev.core.common.definition.PipelineDefinition;
import dev.core.common.definition.StateDefinition;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;

/**
 * Pipelines as their runs seal them: defaults of templates filled in, overrides applied, everything
 * in its order. Six queries, however many pipelines; in one snapshot, unless the handle is in a
 * transaction that reads what others commit meanwhile.
 *
 * <p>What validation refuses is read as well as it can be: a variable that its template does not
 * declare is a string, and a template whose variable structures cannot be read declares none.
 */
public final class PipelineDefinitions {
  private PipelineDefinitions() {}

  /** The pipeline of that name, active or not; empty if there is none. */
  public static Optional<PipelineDefinition> read(Handle handle, String name) {
    return snapshot(handle, () -> assembled(handle, name)).stream().findFirst();
  }

  /** All pipelines, active or not, by name. */
  public static List<PipelineDefinition> list(Handle handle) {
    return snapshot(handle, () -> assembled(handle, null));
  }

  private static <T> T snapshot(Handle handle, Supplier<T> queries) {
    return handle.isInTransaction()
        ? queries.get()
        : handle.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, _ -> queries.get());
  }

  private static List<PipelineDefinition> assembled(Handle handle, @Nullable String name) {
    var queries = new DefinitionQueries(handle, name);
    var pipelines = queries.pipelines();
    if (pipelines.isEmpty()) {
      return List.of();
    }
    var parameters = queries.parameters();
    var states = queries.states();
    var transformations =
        new TransformationAssembly(queries.structures(), queries.variables())
            .byState(queries.transformations());
    return pipelines.stream()
        .map(pipeline ->
            pipeline.definition(
                parameters.getOrDefault(pipeline.id(), List.of()),
                states.getOrDefault(pipeline.id(), List.of()).stream()
                    .map(state ->
                        new StateDefinition(
                            state.name(),
                            state.graphOrder(),
                            transformations.getOrDefault(state.id(), List.of())))
                    .toList()))
        .toList();
  }
}
