package dev.core.common.configuration.validation;

import dev.core.common.configuration.Pipeline;
import dev.core.common.configuration.validation.Problems.Place;
import dev.core.common.configuration.validation.SnapshotIndex.PlannedTask;
import dev.core.common.configuration.validation.TaskVariables.Variable;
import dev.core.common.definition.Datatype;
import dev.core.common.definition.VariableDefinition.Direction;
import dev.core.common.variables.DatasetReference;
import dev.core.common.variables.DatasetReference.Choice;
import dev.core.common.variables.Nearest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Who writes which dataset, and whether what is read can be there. */
final class DatasetRules {

  private static final String NOBODY =
      "correct the name, or let a transformation before it write the dataset";

  /**
   * @param name {@code <client>/<brand>/<state>/<dataset>}
   */
  private record Output(PlannedTask task, Variable variable, String name) {}

  private final SnapshotIndex index;
  private final Problems problems;
  private final boolean complete;
  private final Predicate<String> committed;
  private final Map<String, List<Output>> outputs = new HashMap<>();
  private final Map<Long, Set<String>> names = new HashMap<>();

  /**
   * Folders {@code <client>/<brand>/<state>/} in which some task writes what only its run knows.
   */
  private final Map<String, PlannedTask> open = new HashMap<>();

  /**
   * @param all the tasks of every pipeline
   * @param complete whether there are no other pipelines yet to come
   * @param committed whether a dataset was ever written; asked only about those that no pipeline
   *     writes for certain
   */
  DatasetRules(
      SnapshotIndex index,
      List<TaskVariables> all,
      boolean complete,
      Predicate<String> committed,
      Problems problems) {
    this.complete = complete;
    this.committed = committed;
    this.index = index;
    this.problems = problems;
    for (TaskVariables variables : all) {
      for (Variable variable : variables.variables()) {
        if (variable.structure().direction() == Direction.OUTPUT) {
          note(variables.task(), variable);
        }
      }
    }
  }

  private void note(PlannedTask task, Variable variable) {
    var folder = own(task.pipeline()) + task.state() + "/";
    if (variable.resolved().isEmpty()) {
      open.put(folder, task);
    }
    variable
        .output()
        .map(dataset -> folder + dataset)
        .ifPresent(name -> {
          outputs
              .computeIfAbsent(name, _ -> new ArrayList<>())
              .add(new Output(task, variable, name));
          names.computeIfAbsent(task.pipeline().id(), _ -> new TreeSet<>()).add(name);
        });
  }

  private String own(Pipeline pipeline) {
    return index.client(pipeline).name() + "/" + index.brand(pipeline).name() + "/";
  }

  void check(Pipeline pipeline, List<TaskVariables> tasks) {
    for (String name : names.getOrDefault(pipeline.id(), Set.of())) {
      writers(pipeline, outputs.getOrDefault(name, List.of()));
    }
    for (TaskVariables variables : tasks) {
      for (Variable variable : variables.variables()) {
        if (variable.structure().datatype() == Datatype.DATASET) {
          for (DatasetReference input : variable.inputs().orElse(List.of())) {
            input(variables.task(), variable, input);
          }
        }
      }
    }
  }

  private void writers(Pipeline pipeline, List<Output> writers) {
    var own = writers.stream().filter(output -> isOf(pipeline, output)).toList();
    if (own.isEmpty()) {
      return;
    }
    for (Output second : own.subList(1, own.size())) {
      problems.error(
          place(second.task(), second.variable()),
          second.variable().row() == null ? null : "text_value",
          "the dataset '%s' is also written by %s of the same pipeline"
              .formatted(second.name(), own.getFirst().task().name()),
          "give one of them another name");
    }
    writers.stream()
        .filter(output -> !isOf(pipeline, output))
        .findFirst()
        .ifPresent(other ->
            problems.warning(
                place(own.getFirst().task(), own.getFirst().variable()),
                own.getFirst().variable().row() == null ? null : "text_value",
                "the dataset '%s' is also written by %s; readers get the newest of both"
                    .formatted(own.getFirst().name(), other.task().name()),
                "give one of them another name, if that is not meant"));
  }

  private void input(PlannedTask task, Variable variable, DatasetReference reference) {
    var pipeline = task.pipeline();
    var name = reference.within(index.client(pipeline).name(), index.brand(pipeline).name()).name();
    var writers = outputs.getOrDefault(name, List.of());
    boolean upstream =
        writers.stream()
            .anyMatch(writer -> isOf(pipeline, writer) && writer.task().wave() < task.wave());
    if (upstream) {
      return;
    }
    var place = place(task, variable);
    var column = variable.row() == null ? null : "text_value";
    var late = writers.stream().filter(writer -> isOf(pipeline, writer)).findFirst();
    boolean elsewhere =
        reference.choice() != Choice.RUN
            && (writers.stream().anyMatch(w -> !isOf(pipeline, w) && w.task().pipeline().isActive())
                || committed.test(name));
    if (late.isPresent()) {
      var message =
          "'%s' is written by %s, which is not upstream".formatted(name, late.get().task().name());
      if (reference.choice() == Choice.NEWEST) {
        if (!elsewhere) {
          problems.warning(
              place,
              column,
              message + "; the first run finds none",
              "let somebody else write the first one");
        }
      } else if (elsewhere) {
        problems.warning(
            place,
            column,
            message + ", so that this reads what an earlier run wrote",
            "let it be written before, or say @newest if that is meant");
      } else {
        problems.error(place, column, message, "let it be written in an earlier wave");
      }
      return;
    }
    if (elsewhere) {
      return;
    }
    var folder = name.substring(0, name.lastIndexOf('/') + 1);
    var mayWrite = open.get(folder);
    if (mayWrite != null) {
      problems.warning(
          place,
          column,
          "nothing is known to write '%s'; %s may, depending on its run"
              .formatted(name, mayWrite.name()),
          "see that it does");
    } else if (reference.choice() == Choice.RUN) {
      problems.error(
          place,
          column,
          "no transformation of this pipeline writes '" + name + "'" + near(name),
          NOBODY);
    } else if (!writers.isEmpty()) {
      problems.warning(
          place,
          column,
          "'%s' is written only by %s, whose pipeline is not active, and was never written"
              .formatted(name, writers.getFirst().task().name()),
          "run that pipeline before, or activate it");
    } else {
      var message = "nobody writes '" + name + "', and it was never written" + near(name);
      if (complete) {
        problems.error(place, column, message, NOBODY);
      } else {
        problems.warning(place, column, message, NOBODY);
      }
    }
  }

  /** What may have been meant: of the same client and brand, or of the same name elsewhere. */
  private String near(String name) {
    var known = new ArrayList<>(outputs.keySet());
    known.addAll(index.snapshot().committedDatasets());
    var parts = name.split("/");
    known.removeIf(other ->
        !other.startsWith(parts[0] + "/" + parts[1] + "/")
            && !other.endsWith("/" + parts[2] + "/" + parts[3]));
    return Nearest.hint(name, known, 3);
  }

  private static boolean isOf(Pipeline pipeline, Output output) {
    return output.task().pipeline().id() == pipeline.id();
  }

  private static Place place(PlannedTask task, Variable variable) {
    var row = variable.row();
    return row == null ? task.place() : VariableRules.place(task, row);
  }
}
