package dev.core.orchestrator.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.core.common.configuration.TransformationTemplate;
import dev.core.common.definition.Resources;
import dev.core.common.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A transformation as {@code corebot list --json} describes it.
 *
 * @param stateType the only one it may be used in; null: any
 * @param resources for a template that is new in the store; null: the usual ones
 */
record PublishedTemplate(
    String name,
    String description,
    @JsonProperty("variable_structures") JsonNode variableStructures,
    @JsonProperty("state_type") @Nullable String stateType,
    @Nullable Resources resources) {

  /** A row for the store, which has none of that name. */
  TransformationTemplate created(@Nullable Long stateTypeId) {
    var usual = TransformationTemplate.named(name, Json.write(variableStructures));
    var own = resources;
    return new TransformationTemplate(
        0,
        name,
        description,
        usual.variableStructures(),
        stateTypeId,
        own == null ? usual.vcpus() : own.vcpus(),
        own == null ? usual.memoryMib() : own.memoryMib(),
        own == null ? usual.timeoutSeconds() : own.timeoutSeconds(),
        own == null ? usual.attempts() : own.attempts(),
        own == null ? usual.retryDelaySeconds() : own.retryDelaySeconds(),
        null,
        own == null ? null : own.image(),
        own == null ? null : own.jobQueue(),
        null);
  }

  /**
   * The row with this description; resources, pool, image, job queue and partitions stay as people
   * have set them.
   */
  TransformationTemplate changed(TransformationTemplate row, @Nullable Long stateTypeId) {
    return new TransformationTemplate(
        row.id(),
        name,
        description,
        Json.write(variableStructures),
        stateTypeId,
        row.vcpus(),
        row.memoryMib(),
        row.timeoutSeconds(),
        row.attempts(),
        row.retryDelaySeconds(),
        row.poolId(),
        row.image(),
        row.jobQueue(),
        row.partitions());
  }

  /** Whether the row says the same already, however its JSON is written. */
  boolean isSameAs(TransformationTemplate row, @Nullable Long stateTypeId) {
    return description.equals(row.description())
        && variableStructures.equals(Json.tree(row.variableStructures()))
        && java.util.Objects.equals(stateTypeId, row.pipelineStateTypeId());
  }
}
