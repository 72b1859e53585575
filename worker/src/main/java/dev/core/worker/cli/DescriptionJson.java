package dev.core.worker.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.core.common.definition.Resources;
import dev.core.common.variables.VariableStructures;
import dev.core.worker.transformation.TransformationDescription;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A transformation as programs read it; a row of {@code transformation_templates} is made of it.
 *
 * @param variableStructures as the store has them
 * @param stateType the only one it may be used in; absent: any
 * @param resources by default; absent: the store's
 */
record DescriptionJson(
    String name,
    String description,
    @JsonProperty("variable_structures") Map<String, Map<String, Object>> variableStructures,
    @JsonProperty("state_type") @Nullable String stateType,
    @Nullable Resources resources) {

  static DescriptionJson of(TransformationDescription description) {
    return new DescriptionJson(
        description.name(),
        description.text(),
        VariableStructures.document(description.variables()),
        description.stateType(),
        description.resources());
  }
}
