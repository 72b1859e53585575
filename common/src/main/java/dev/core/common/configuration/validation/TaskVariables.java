package dev.core.common.configuration.validation;

import dev.core.common.configuration.PipelineParameter;
import dev.core.common.configuration.TransformationVariable;
import dev.core.common.configuration.validation.SnapshotIndex.PlannedTask;
import dev.core.common.variables.Checked;
import dev.core.common.variables.DatasetReference;
import dev.core.common.variables.Interpolation;
import dev.core.common.variables.PartitionCount;
import dev.core.common.variables.Reference;
import dev.core.common.variables.ResolutionContext;
import dev.core.common.variables.TypedValue;
import dev.core.common.variables.VariableStructure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A task's variables with as much of their values as can be known without a run: the logical date
 * and ids are examples, parameters are what was given or their defaults.
 */
record TaskVariables(
    PlannedTask task, List<Variable> variables, Optional<Checked<Integer>> partitions) {

  /** 31 January: a day that no other month's format hides. */
  private static final Instant EXAMPLE_DATE = Instant.parse("2026-01-31T00:00:00Z");

  /**
   * @param row null: it is not set and has its default
   * @param resolved empty: its value depends on what is known only in a run
   */
  record Variable(
      String name,
      VariableStructure structure,
      @Nullable TransformationVariable row,
      Interpolation interpolation,
      String text,
      Optional<Checked<TypedValue>> resolved) {

    Optional<List<DatasetReference>> inputs() {
      return resolved.flatMap(checked ->
          checked instanceof Checked.Valid<TypedValue>(TypedValue.DatasetInputs(_, var found))
              ? Optional.of(found)
              : Optional.empty());
    }

    Optional<String> output() {
      return resolved.flatMap(checked ->
          checked instanceof Checked.Valid<TypedValue>(TypedValue.DatasetOutput(var dataset))
              ? Optional.of(dataset)
              : Optional.empty());
    }
  }

  /**
   * @param given parameters of the run that is about to start
   */
  static TaskVariables of(SnapshotIndex index, PlannedTask task, Map<String, String> given) {
    var parameters = parameters(index.parameters(task.pipeline()), given);
    var structures = index.structures(task.template()).orElse(Map.of());
    var set = index.variables(task.transformation());
    var variables = new ArrayList<Variable>();
    new TreeMap<>(structures)
        .forEach((name, structure) -> {
          var row = set.get(name);
          var text = row == null ? structure.defaultValue() : row.textValue();
          if (text != null) {
            var interpolation = Interpolation.parse(text);
            variables.add(
                new Variable(
                    name,
                    structure,
                    row,
                    interpolation,
                    text,
                    resolved(index, task, structure, interpolation, parameters)));
          }
        });
    return new TaskVariables(task, variables, partitions(index, task, parameters));
  }

  private static Map<String, String> parameters(
      List<PipelineParameter> definitions, Map<String, String> given) {
    var values = new HashMap<String, String>();
    for (PipelineParameter definition : definitions) {
      var value = given.getOrDefault(definition.name(), definition.defaultValue());
      if (value != null) {
        values.put(definition.name(), value);
      }
    }
    return values;
  }

  /** In how many it is split, if that can be known, and if it is. */
  private static Optional<Checked<Integer>> partitions(
      SnapshotIndex index, PlannedTask task, Map<String, String> parameters) {
    String own = task.transformation().partitions();
    String text = own == null ? task.template().partitions() : own;
    return text == null
        ? Optional.empty()
        : text(index, task, Interpolation.parse(text), parameters).map(PartitionCount::read);
  }

  private static Optional<Checked<TypedValue>> resolved(
      SnapshotIndex index,
      PlannedTask task,
      VariableStructure structure,
      Interpolation interpolation,
      Map<String, String> parameters) {
    return text(index, task, interpolation, parameters)
        .map(text ->
            TypedValue.read(
                structure.datatype(),
                structure.direction(),
                text,
                SnapshotIndex.zone(task.pipeline())));
  }

  /** Its text, if that can be known without a run. */
  private static Optional<String> text(
      SnapshotIndex index,
      PlannedTask task,
      Interpolation interpolation,
      Map<String, String> parameters) {
    for (Reference reference : interpolation.references()) {
      boolean known =
          switch (reference) {
            case Reference.LogicalDate _, Reference.Fact _ -> true;
            case Reference.Parameter(var name) -> parameters.containsKey(name);
            case Reference.TaskResult _, Reference.Malformed _ -> false;
          };
      if (!known) {
        return Optional.empty();
      }
    }
    var context =
        new ResolutionContext(
            EXAMPLE_DATE,
            SnapshotIndex.zone(task.pipeline()),
            1,
            index.client(task.pipeline()).name(),
            index.brand(task.pipeline()).name(),
            "main",
            task.pipeline().name(),
            task.state(),
            1,
            parameters,
            _ -> Optional.empty());
    return switch (interpolation.resolve(context)) {
      case Checked.Valid<String>(var text) -> Optional.of(text);
      case Checked.Invalid<String> _ -> Optional.empty();
    };
  }
}
