package dev.core.common.variables;

import static dev.core.common.variables.InterpolationTest.CONTEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.core.common.definition.Datatype;
import dev.core.common.definition.VariableDefinition;
import dev.core.common.definition.VariableDefinition.Direction;
import dev.core.common.protocol.WorkOrder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VariableResolutionTest {

  @Test
  void resolvesTypesAndSplitsDatasetsOut() {
    var resolution =
        VariableResolution.of(
            Map.of(
                "sql", input(Datatype.STRING, "select * from x -- ${parameter.region}"),
                "day", input(Datatype.DATE, "${logical_date:yyyy-MM-dd}"),
                "inputs", input(Datatype.DATASET, "raw/flights, w=acme/main/master/weather@newest"),
                "result", output("delays_${parameter.region}")),
            CONTEXT);

    assertThat(resolution)
        .asInstanceOf(type(VariableResolution.Resolved.class))
        .satisfies(resolved -> {
          assertThat(resolved.variables())
              .containsEntry(
                  "sql", new WorkOrder.Variable(Datatype.STRING, "select * from x -- north"))
              .containsEntry("day", new WorkOrder.Variable(Datatype.DATE, "2026-02-28"))
              .containsKeys("inputs", "result");
          assertThat(resolved.inputs())
              .extracting(i -> i.variable() + ":" + i.alias() + ":" + i.reference().name())
              .containsExactly(
                  "inputs:flights:us_aviation/national/raw/flights",
                  "inputs:w:acme/main/master/weather");
          assertThat(resolved.outputs())
              .containsExactly(new VariableResolution.DatasetOutput("result", "delays_north"));
        });
  }

  @Test
  void collectsEveryProblemOfEveryVariable() {
    var resolution =
        VariableResolution.of(
            Map.of(
                "a", input(Datatype.INTEGER, "${parameter.region}"),
                "b", input(Datatype.STRING, "${parameter.x} ${parameter.y}"),
                "c", input(Datatype.DATASET, "raw/x"),
                "d", input(Datatype.DATASET, "master/x"),
                "e", output("same"),
                "f", output("same"),
                "s", input(Datatype.SECRET, "pass word ${client}")),
            CONTEXT);

    assertThat(resolution)
        .asInstanceOf(type(VariableResolution.Unresolved.class))
        .extracting(unresolved -> unresolved.problems().stream().map(Object::toString).toList())
        .asList()
        .containsExactly(
            "a: 'north' is not an integer (digits, with a sign before them if need be); from"
                + " '${parameter.region}'",
            "b: ${parameter.x}: the run has no parameter of that name",
            "b: ${parameter.y}: the run has no parameter of that name",
            "s: not the name of a secret: up to four parts of letters, digits, '_', '.' and '-',"
                + " separated by '/'",
            "d: 'x' is also an input of the variable 'c'; give one of them an alias:"
                + " other=us_aviation/national/master/x",
            "f: the dataset 'same' is also written by the variable 'e'");
  }

  private static VariableDefinition input(Datatype datatype, String value) {
    return new VariableDefinition(datatype, Direction.INPUT, value);
  }

  private static VariableDefinition output(String value) {
    return new VariableDefinition(Datatype.DATASET, Direction.OUTPUT, value);
  }
}
