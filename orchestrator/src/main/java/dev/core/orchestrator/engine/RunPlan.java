package dev.core.orchestrator.engine;

import dev.core.common.definition.PipelineDefinition;
import dev.core.common.definition.Resources;
import dev.core.orchestrator.dag.Dag;
import dev.core.orchestrator.dag.DagBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run has sealed: the definition, its digest, and the DAG that follows from it. Never
 * changes; the same for all runs of one digest.
 *
 * @param usesPools whether any task takes a slot of a pool
 * @param splits whether any task has partitions
 */
public record RunPlan(
    PipelineDefinition definition,
    String sha256,
    Dag dag,
    Map<String, Integer> indexes,
    boolean usesPools,
    boolean splits) {

  public static RunPlan of(PipelineDefinition definition) {
    return of(definition, PipelineDefinition.sha256(definition.canonicalJson()));
  }

  /** For a definition whose digest is known. */
  public static RunPlan of(PipelineDefinition definition, String sha256) {
    Dag dag = DagBuilder.build(definition);
    boolean usesPools =
        dag.nodes().stream()
            .anyMatch(node ->
                node instanceof Dag.Transformation transformation
                    && transformation.definition().resources().pool() != null);
    boolean splits =
        dag.nodes().stream()
            .anyMatch(node ->
                node instanceof Dag.Transformation transformation
                    && transformation.definition().partitions() != null);
    return new RunPlan(definition, sha256, dag, Map.copyOf(dag.indexes()), usesPools, splits);
  }

  /** What a transformation gets; a spacer has no resources. */
  public Resources resources(int index) {
    return transformation(index).definition().resources();
  }

  public Dag.Transformation transformation(int index) {
    if (dag.nodes().get(index) instanceof Dag.Transformation transformation) {
      return transformation;
    }
    throw new IllegalStateException(dag.nodes().get(index) + " is not a transformation");
  }

  /** The pool whose slot the task takes, if any. */
  public @Nullable String pool(int index) {
    return dag.nodes().get(index) instanceof Dag.Transformation transformation
        ? transformation.definition().resources().pool()
        : null;
  }

  /** The id of that pool, if it is known. */
  public @Nullable Long poolId(int index) {
    return dag.nodes().get(index) instanceof Dag.Transformation transformation
        ? transformation.definition().poolId()
        : null;
  }

  /** Whether the task has partitions. */
  public boolean isSplit(int index) {
    return splits
        && dag.nodes().get(index) instanceof Dag.Transformation transformation
        && transformation.definition().partitions() != null;
  }

  /** Keys of tasks by index, for messages. */
  public String key(int index) {
    return dag.nodes().get(index).key();
  }
}
