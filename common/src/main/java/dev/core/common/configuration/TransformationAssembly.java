package dev.core.common.configuration;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.core.common.configuration.DefinitionQueries.TransformationRow;
import dev.core.common.definition.Datatype;
import dev.core.common.definition.TransformationDefinition;
import dev.core.common.definition.VariableDefinition;
import dev.core.common.definition.VariableDefinition.Direction;
import dev.core.common.variables.VariableStructure;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts transformations together with their variables.
 *
 * @param structures of templates, by the template's id
 * @param values of variables that are set, by the transformation's id and the variable's name
 */
record TransformationAssembly(
    Map<Long, Map<String, VariableStructure>> structures, Map<Long, Map<String, String>> values) {

  /** By the id of the state; those of a state in the order of the rows. */
  Map<Long, List<TransformationDefinition>> byState(List<TransformationRow> rows) {
    return rows.stream()
        .collect(groupingBy(TransformationRow::stateId, mapping(this::definition, toList())));
  }

  private TransformationDefinition definition(TransformationRow row) {
    return new TransformationDefinition(
        row.id(),
        row.template(),
        row.graphOrder(),
        variables(
            structures.getOrDefault(row.templateId(), Map.of()),
            values.getOrDefault(row.id(), Map.of())),
        row.resources(),
        row.poolId(),
        partitions(row.partitions()));
  }

  /** One partition is the whole. */
  private static @Nullable String partitions(@Nullable String text) {
    return text == null || text.strip().equals("1") ? null : text;
  }

  private static Map<String, VariableDefinition> variables(
      Map<String, VariableStructure> declared, Map<String, String> set) {
    var variables = new TreeMap<String, VariableDefinition>();
    declared.forEach((name, structure) -> {
      var value = set.getOrDefault(name, structure.defaultValue());
      if (value != null) {
        variables.put(
            name,
            new VariableDefinition(
                structure.datatype(), structure.direction(), value, structure.allowed()));
      }
    });
    set.forEach((name, value) ->
        variables.putIfAbsent(
            name, new VariableDefinition(Datatype.STRING, Direction.INPUT, value)));
    return variables;
  }
}
