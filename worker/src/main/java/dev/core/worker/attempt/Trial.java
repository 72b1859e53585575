package dev.core.worker.attempt;

import dev.core.common.definition.Datatype;
import dev.core.common.definition.Resources;
import dev.core.common.definition.VariableDefinition;
import dev.core.common.definition.VariableDefinition.Direction;
import dev.core.common.protocol.WorkOrder;
import dev.core.common.variables.Nearest;
import dev.core.common.variables.ResolutionContext;
import dev.core.common.variables.VariableResolution;
import dev.core.common.variables.VariableResolution.Resolved;
import dev.core.common.variables.VariableResolution.Unresolved;
import dev.core.common.variables.VariableStructure;
import dev.core.worker.transformation.TransformationDescription;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One transformation tried alone, with no store and no run: what somebody wants it to be given, and
 * the work order that this makes.
 *
 * @param variables by name, as the store would hold them
 * @param inputs file or folder by alias
 * @param outputs folder that every dataset it writes becomes a folder of
 */
public record Trial(
    Map<String, String> variables,
    Map<String, Path> inputs,
    Map<String, String> parameters,
    Path outputs,
    Instant logicalDate,
    int partitions) {

  private static final String PLACE = "test";
  private static final Resources RESOURCES =
      new Resources(BigDecimal.TWO, 2048, 3600, 1, 0, null, null);

  public Trial {
    variables = new TreeMap<>(variables);
    inputs = new TreeMap<>(inputs);
    parameters = Map.copyOf(parameters);
  }

  /**
   * The work order of the trial.
   *
   * @throws TrialProblem with everything that is wrong with it
   */
  public WorkOrder order(TransformationDescription description) {
    var problems = new ArrayList<String>();
    for (var name : variables.keySet()) {
      if (!description.variables().containsKey(name)) {
        problems.add(
            "unknown variable '%s'%s; %s has: %s"
                .formatted(
                    name,
                    Nearest.hint(name, description.variables().keySet()),
                    description.name(),
                    String.join(", ", description.variables().keySet())));
      }
    }
    var resolved = resolve(description, problems);
    var orderInputs = new TreeMap<String, WorkOrder.Input>();
    var outputsOf = new TreeMap<String, WorkOrder.Output>();
    if (resolved != null) {
      readInputs(description, resolved, orderInputs, problems);
      resolved
          .outputs()
          .forEach(output ->
              outputsOf.put(
                  output.variable(),
                  new WorkOrder.Output(output.dataset(), null, output.dataset() + "/")));
    }
    if (!problems.isEmpty() || resolved == null) {
      throw new TrialProblem(problems);
    }
    return new WorkOrder(
        0,
        PLACE,
        PLACE,
        PLACE,
        PLACE,
        PLACE + "_" + description.name(),
        1,
        state(description),
        description.name(),
        resolved.variables(),
        parameters,
        logicalDate,
        orderInputs,
        outputsOf,
        outputs.toAbsolutePath().normalize().toString(),
        partitions,
        description.resources() == null ? RESOURCES : description.resources(),
        null);
  }

  private static String state(TransformationDescription description) {
    return description.stateType() == null ? PLACE : description.stateType();
  }

  private @Nullable Resolved resolve(TransformationDescription description, List<String> problems) {
    var definitions = new TreeMap<String, VariableDefinition>();
    description
        .variables()
        .forEach((name, structure) ->
            text(name, structure)
                .ifPresentOrElse(
                    text ->
                        definitions.put(
                            name,
                            new VariableDefinition(
                                structure.datatype(),
                                structure.direction(),
                                text,
                                structure.allowed())),
                    () -> {
                      if (structure.required() && !inputIsGiven(structure)) {
                        problems.add(missing(name, structure));
                      }
                    }));
    var context =
        new ResolutionContext(
            logicalDate,
            ZoneOffset.UTC,
            0,
            PLACE,
            PLACE,
            PLACE,
            PLACE,
            state(description),
            1,
            parameters,
            _ -> Optional.empty());
    return switch (VariableResolution.of(definitions, context)) {
      case Resolved resolved -> resolved;
      case Unresolved(var found) -> {
        found.forEach(
            problem -> problems.add("variable '" + problem.name() + "': " + problem.message()));
        yield null;
      }
    };
  }

  /** An output that nobody named is named after its variable: a trial shows all there is. */
  private Optional<String> text(String name, VariableStructure structure) {
    var given = variables.get(name);
    if (given != null) {
      return Optional.of(given);
    }
    return structure.direction() == Direction.OUTPUT
        ? Optional.of(name)
        : Optional.ofNullable(structure.defaultValue());
  }

  private boolean inputIsGiven(VariableStructure structure) {
    return isInput(structure) && !inputs.isEmpty();
  }

  private static boolean isInput(VariableStructure structure) {
    return structure.datatype() == Datatype.DATASET && structure.direction() == Direction.INPUT;
  }

  private static String missing(String name, VariableStructure structure) {
    return isInput(structure)
        ? "variable '%s' is missing; give it with --input <alias>=<file or folder>".formatted(name)
        : "variable '%s' (%s) is missing: %s"
            .formatted(name, structure.datatype().text(), structure.description());
  }

  /** Files are given by alias; which variable they belong to follows from what names the alias. */
  private void readInputs(
      TransformationDescription description,
      Resolved resolved,
      Map<String, WorkOrder.Input> found,
      List<String> problems) {
    var variableOf = new TreeMap<String, String>();
    resolved.inputs().forEach(input -> variableOf.put(input.alias(), input.variable()));
    for (var alias : variableOf.keySet()) {
      if (!inputs.containsKey(alias)) {
        problems.add(
            "variable '%s' names the dataset '%s': say where it is with --input %s=<path>"
                .formatted(variableOf.get(alias), alias, alias));
      }
    }
    var candidates =
        description.variables().entrySet().stream()
            .filter(entry -> isInput(entry.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    inputs.forEach((alias, path) -> {
      var variable =
          variableOf.computeIfAbsent(
              alias,
              _ ->
                  candidates.size() == 1 || candidates.contains(alias)
                      ? candidates.contains(alias) ? alias : candidates.getFirst()
                      : null);
      if (variable == null) {
        problems.add(
            candidates.isEmpty()
                ? description.name() + " reads no datasets, but got --input " + alias
                : "which variable is the input '%s' for? name it with one of: %s"
                    .formatted(alias, String.join(", ", candidates)));
      } else {
        TrialInput.of(alias, variable, path)
            .ifPresentOrElse(
                input -> found.put(alias, input),
                () -> problems.add("the input '%s' does not exist: %s".formatted(alias, path)));
      }
    });
  }

  /** A trial cannot begin; the message has a line for each thing that is wrong. */
  public static final class TrialProblem extends RuntimeException {
    TrialProblem(List<String> problems) {
      super(String.join("\n", problems));
    }
  }
}
