package dev.core.common.configuration.validation;

import dev.core.common.configuration.TransformationVariable;
import dev.core.common.configuration.validation.Problems.Place;
import dev.core.common.configuration.validation.SnapshotIndex.PlannedTask;
import dev.core.common.configuration.validation.TaskVariables.Variable;
import dev.core.common.variables.Allowed;
import dev.core.common.variables.Checked;
import dev.core.common.variables.DatasetReference;
import dev.core.common.variables.Interpolation;
import dev.core.common.variables.KnownNames;
import dev.core.common.variables.Nearest;
import dev.core.common.variables.TypedValue;
import dev.core.common.variables.VariableStructure;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold of the variables of a pipeline's transformations. */
final class VariableRules {

  private final SnapshotIndex index;
  private final Problems problems;

  VariableRules(SnapshotIndex index, Problems problems) {
    this.index = index;
    this.problems = problems;
  }

  void check(List<TaskVariables> tasks) {
    var keys = new HashSet<String>();
    tasks.forEach(variables -> keys.add(variables.task().key()));
    for (TaskVariables variables : tasks) {
      var task = variables.task();
      var structures = index.structures(task.template());
      structures.ifPresent(declared -> names(task, declared));
      var upstream = new HashSet<String>();
      for (TaskVariables other : tasks) {
        if (other.task().wave() < task.wave()) {
          upstream.add(other.task().key());
        }
      }
      var parameters = new HashSet<String>();
      index.parameters(task.pipeline()).forEach(parameter -> parameters.add(parameter.name()));
      var known = new KnownNames(parameters, upstream, keys);
      variables.variables().forEach(variable -> value(task, variable, known));
      partitions(variables, known);
      aliases(variables);
    }
  }

  /** Missing and unknown variables. */
  private void names(PlannedTask task, Map<String, VariableStructure> declared) {
    var set = index.variables(task.transformation());
    declared.forEach((name, structure) -> {
      if (structure.required() && !set.containsKey(name)) {
        var description = structure.description();
        problems.error(
            task.place(),
            null,
            "the variable '%s' (%s) is missing".formatted(name, structure.datatype().text()),
            "set it" + (description == null ? "" : ": " + description));
      }
    });
    for (TransformationVariable variable : set.values()) {
      if (!declared.containsKey(variable.name())) {
        problems.error(
            place(task, variable),
            "name",
            "the template '%s' has no variable '%s'%s"
                .formatted(
                    task.template().name(),
                    variable.name(),
                    Nearest.hint(variable.name(), declared.keySet())),
            declared.isEmpty()
                ? "delete it; the template has no variables"
                : "delete or rename it; the template has "
                    + String.join(", ", declared.keySet().stream().sorted().toList()));
      }
    }
  }

  private void value(PlannedTask task, Variable variable, KnownNames known) {
    var row = variable.row();
    var place = row == null ? task.place() : place(task, row);
    var column = row == null ? null : "text_value";
    var prefix = row == null ? "the default of '" + variable.name() + "': " : "";
    if (variable.text().length() > VariableStructure.LONGEST_TEXT) {
      problems.error(
          place,
          column,
          "%sis %,d characters long; at most %,d are allowed"
              .formatted(prefix, variable.text().length(), VariableStructure.LONGEST_TEXT),
          "put it into a file that the transformation reads");
    }
    for (String problem : variable.interpolation().check(known)) {
      problems.error(
          place, column, prefix + problem, "correct the reference; ${…} is resolved for every run");
    }
    var structure = variable.structure();
    variable
        .resolved()
        .ifPresent(checked -> {
          for (String problem : checked.problems()) {
            problems.error(
                place,
                column,
                prefix + problem,
                "the template '%s' wants it to be of datatype %s"
                    .formatted(task.template().name(), structure.datatype().text()));
          }
          if (checked instanceof Checked.Valid<TypedValue>(var value)) {
            Allowed.problem(
                    structure.allowed(),
                    structure.datatype(),
                    structure.direction(),
                    value,
                    SnapshotIndex.zone(task.pipeline()))
                .ifPresent(problem ->
                    problems.error(
                        place, column, prefix + problem, "choose one, or add it to the template"));
          }
        });
  }

  /** In how many partitions it is split; what only a run knows is found out when it runs. */
  private void partitions(TaskVariables variables, KnownNames known) {
    var task = variables.task();
    String own = task.transformation().partitions();
    String text = own == null ? task.template().partitions() : own;
    if (text == null) {
      return;
    }
    String prefix = own == null ? "of the template: " : "";
    for (String problem : Interpolation.parse(text).check(known)) {
      problems.error(
          task.place(),
          "partitions",
          prefix + problem,
          "correct the reference; ${…} is resolved for every run");
    }
    if (own == null && !text.contains("${")) {
      // Told of the template itself.
      return;
    }
    variables
        .partitions()
        .ifPresent(checked ->
            checked
                .problems()
                .forEach(problem ->
                    problems.error(
                        task.place(), "partitions", prefix + problem, "correct it, or set null")));
  }

  /** An alias is one name for the whole transformation. */
  private void aliases(TaskVariables variables) {
    Map<String, String> first = new HashMap<>();
    Set<String> told = new HashSet<>();
    for (Variable variable : variables.variables()) {
      for (DatasetReference input : variable.inputs().orElse(List.of())) {
        var other = first.putIfAbsent(input.alias(), variable.name());
        if (other != null && !other.equals(variable.name()) && told.add(input.alias())) {
          problems.error(
              variables.task().place(),
              null,
              "the variables '%s' and '%s' both have an input '%s'"
                  .formatted(other, variable.name(), input.alias()),
              "give one of them an alias: other=" + input.name());
        }
      }
    }
  }

  static Place place(PlannedTask task, TransformationVariable variable) {
    return new Place(
        "transformation_variables", variable.id(), task.name() + "/" + variable.name());
  }
}
