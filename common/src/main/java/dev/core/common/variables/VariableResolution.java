package dev.core.common.variables;

import dev.core.common.definition.Datatype;
import dev.core.common.definition.VariableDefinition;
import dev.core.common.protocol.WorkOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A transformation's variables, ready for one attempt; or everything that is wrong with them. */
public sealed interface VariableResolution {

  /**
   * @param variables all of them by name, in the normal form of their datatypes
   * @param inputs datasets to read; no two have the same alias
   * @param outputs datasets to write; no two have the same name
   */
  record Resolved(
      Map<String, WorkOrder.Variable> variables,
      List<DatasetInput> inputs,
      List<DatasetOutput> outputs)
      implements VariableResolution {
    public Resolved {
      variables = Collections.unmodifiableMap(new TreeMap<>(variables));
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }
  }

  record Unresolved(List<VariableProblem> problems) implements VariableResolution {
    public Unresolved {
      problems = List.copyOf(problems);
    }
  }

  /**
   * @param variable which variable named it
   * @param reference with client and brand named
   */
  record DatasetInput(String variable, String alias, DatasetReference reference) {}

  /**
   * @param variable which variable named it
   * @param dataset its name; its state is that of the transformation
   */
  record DatasetOutput(String variable, String dataset) {}

  /** Interpolates and types every variable and splits the datasets out. Never throws. */
  static VariableResolution of(
      Map<String, VariableDefinition> definitions, ResolutionContext context) {
    var variables = new TreeMap<String, WorkOrder.Variable>();
    var inputs = new ArrayList<DatasetInput>();
    var outputs = new ArrayList<DatasetOutput>();
    var problems = new ArrayList<VariableProblem>();
    new TreeMap<>(definitions)
        .forEach((name, definition) -> {
          switch (typed(definition, context)) {
            case Checked.Invalid<TypedValue>(var found) ->
                found.forEach(problem -> problems.add(new VariableProblem(name, problem)));
            case Checked.Valid<TypedValue>(var value) -> {
              variables.put(name, new WorkOrder.Variable(definition.datatype(), value.text()));
              switch (value) {
                case TypedValue.DatasetInputs(_, var references) ->
                    references.forEach(reference ->
                        inputs.add(
                            new DatasetInput(
                                name,
                                reference.alias(),
                                reference.within(context.client(), context.brand()))));
                case TypedValue.DatasetOutput(var dataset) ->
                    outputs.add(new DatasetOutput(name, dataset));
                case TypedValue.Text _,
                    TypedValue.Whole _,
                    TypedValue.Decimal _,
                    TypedValue.Truth _,
                    TypedValue.Day _,
                    TypedValue.Moment _,
                    TypedValue.Document _,
                    TypedValue.SecretName _ -> {}
              }
            }
          }
        });
    problems.addAll(clashes(inputs, outputs));
    return problems.isEmpty() ? new Resolved(variables, inputs, outputs) : new Unresolved(problems);
  }

  private static Checked<TypedValue> typed(
      VariableDefinition definition, ResolutionContext context) {
    return switch (Interpolation.parse(definition.value()).resolve(context)) {
      case Checked.Invalid<String>(var problems) -> new Checked.Invalid<>(problems);
      case Checked.Valid<String>(var text) -> {
        var typed =
            TypedValue.read(definition.datatype(), definition.direction(), text, context.zone());
        if (typed instanceof Checked.Valid<TypedValue>(var value)) {
          var refused =
              Allowed.problem(
                  definition.allowed(),
                  definition.datatype(),
                  definition.direction(),
                  value,
                  context.zone());
          typed = refused.map(Checked::<TypedValue>invalid).orElse(typed);
        }
        boolean changed = !text.equals(definition.value()) && shown(definition.datatype());
        yield typed instanceof Checked.Invalid<TypedValue>(var problems) && changed
            ? new Checked.Invalid<>(
                problems.stream()
                    .map(problem -> problem + "; from " + Quoted.text(definition.value()))
                    .toList())
            : typed;
      }
    };
  }

  private static boolean shown(Datatype datatype) {
    return datatype != Datatype.SECRET;
  }

  /** Within one variable aliases are known to differ; here variables meet. */
  private static List<VariableProblem> clashes(
      List<DatasetInput> inputs, List<DatasetOutput> outputs) {
    var problems = new ArrayList<VariableProblem>();
    var aliases = new HashMap<String, String>();
    for (DatasetInput input : inputs) {
      var other = aliases.putIfAbsent(input.alias(), input.variable());
      if (other != null) {
        problems.add(
            new VariableProblem(
                input.variable(),
                "'%s' is also an input of the variable '%s'; give one of them an alias: other=%s"
                    .formatted(input.alias(), other, input.reference().name())));
      }
    }
    var datasets = new HashMap<String, String>();
    for (DatasetOutput output : outputs) {
      var other = datasets.putIfAbsent(output.dataset(), output.variable());
      if (other != null) {
        problems.add(
            new VariableProblem(
                output.variable(),
                "the dataset '%s' is also written by the variable '%s'"
                    .formatted(output.dataset(), other)));
      }
    }
    return problems;
  }
}
