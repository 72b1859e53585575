package dev.core.common.configuration;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A kind of work.
 *
 * @param variableStructures JSON; see {@link dev.core.common.variables.VariableStructures}
 * @param pipelineStateTypeId the one state type that it may be used in; null: any
 * @param attempts tries that failures of the user's own may spend
 * @param image null: the image of CORE itself
 * @param partitions in how many a task is split, a number or an expression; null: it is not
 * @param jobQueue of AWS Batch; null: that of the installation
 */
public record TransformationTemplate(
    long id,
    String name,
    @Nullable String description,
    String variableStructures,
    @Nullable Long pipelineStateTypeId,
    BigDecimal vcpus,
    int memoryMib,
    int timeoutSeconds,
    int attempts,
    int retryDelaySeconds,
    @Nullable Long poolId,
    @Nullable String image,
    @Nullable String jobQueue,
    @Nullable String partitions)
    implements Row {
  /** With default resources, usable in every state; not stored yet. */
  public static TransformationTemplate named(String name, String variableStructures) {
    return new TransformationTemplate(
        0,
        name,
        null,
        variableStructures,
        null,
        BigDecimal.ONE,
        2048,
        3600,
        2,
        300,
        null,
        null,
        null,
        null);
  }
}
