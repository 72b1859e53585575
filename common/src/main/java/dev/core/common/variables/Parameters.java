package dev.core.common.variables;

import dev.core.common.definition.ParameterDefinition;
import dev.core.common.definition.VariableDefinition.Direction;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The parameters of a run: what its trigger set, and the defaults of the others. */
public final class Parameters {

  private Parameters() {}

  /** What a run gets; or why it cannot start. */
  public sealed interface Resolution {}

  /**
   * @param values by name, every parameter of the pipeline, in the normal form of its datatype
   */
  public record Resolved(Map<String, String> values) implements Resolution {
    public Resolved {
      values = Collections.unmodifiableMap(new TreeMap<>(values));
    }
  }

  public record Refused(List<VariableProblem> problems) implements Resolution {
    public Refused {
      problems = List.copyOf(problems);
    }
  }

  /**
   * Types what was given, fills in defaults and finds everything that is missing, unknown or
   * ill-typed. Values are taken as they are: {@code ${…}} means nothing in them.
   *
   * @param zone of the pipeline, for a datetime without an offset
   */
  public static Resolution resolve(
      List<ParameterDefinition> definitions, Map<String, String> given, ZoneId zone) {
    var values = new TreeMap<String, String>();
    var problems = new ArrayList<VariableProblem>();
    var known = new HashSet<String>();
    for (ParameterDefinition definition : definitions) {
      var name = definition.name();
      known.add(name);
      var text = given.getOrDefault(name, definition.defaultValue());
      if (text == null) {
        problems.add(
            new VariableProblem(
                name, "has no default and must be set (" + definition.datatype().text() + ")"));
        continue;
      }
      switch (TypedValue.read(definition.datatype(), Direction.INPUT, text, zone)) {
        case Checked.Valid<TypedValue>(var value) -> values.put(name, value.text());
        case Checked.Invalid<TypedValue>(var found) ->
            found.forEach(problem -> problems.add(new VariableProblem(name, problem)));
      }
    }
    for (String name : new TreeMap<>(given).keySet()) {
      if (!known.contains(name)) {
        problems.add(
            new VariableProblem(
                name,
                known.isEmpty()
                    ? "the pipeline has no parameters"
                    : "the pipeline has no parameter of that name"
                        + Nearest.hint(name, known)
                        + "; it has "
                        + String.join(", ", known.stream().sorted().toList())));
      }
    }
    return problems.isEmpty() ? new Resolved(values) : new Refused(problems);
  }
}
