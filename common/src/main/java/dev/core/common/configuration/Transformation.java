package dev.core.common.configuration;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One use of a template in a state of a pipeline. What is null of the resources is as the template
 * says.
 *
 * @param graphOrder transformations of one state with equal order run in parallel
 */
public record Transformation(
    long id,
    long pipelineStateId,
    long transformationTemplateId,
    int graphOrder,
    @Nullable String description,
    @Nullable BigDecimal vcpus,
    @Nullable Integer memoryMib,
    @Nullable Integer timeoutSeconds,
    @Nullable Integer attempts,
    @Nullable Integer retryDelaySeconds,
    @Nullable Long poolId,
    @Nullable String image,
    @Nullable String jobQueue,
    @Nullable String partitions)
    implements Row {
  /** With the template's resources; not stored yet. */
  public static Transformation of(
      long pipelineStateId, long transformationTemplateId, int graphOrder) {
    return new Transformation(
        0,
        pipelineStateId,
        transformationTemplateId,
        graphOrder,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
