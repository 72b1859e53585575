package dev.core.worker.cli;

import dev.core.common.definition.Resources;
import dev.core.common.definition.VariableDefinition.Direction;
import dev.core.common.json.Json;
import dev.core.common.variables.VariableStructure;
import dev.core.worker.transformation.TransformationDescription;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code corebot describe}: one transformation, with its variables. */
@Command(
    name = "describe",
    description = "Tells what a transformation does and which variables it has.",
    footer = {"", "Examples:", "  corebot describe sql", "  corebot describe sql --json"})
public final class DescribeCommand implements Callable<Integer> {

  private final Supplier<Workbench> workbench;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "TEMPLATE", description = "Name of the transformation.")
  private String template = "";

  @Option(names = "--json", description = "As one JSON object.")
  private boolean json;

  public DescribeCommand(Supplier<Workbench> workbench) {
    this.workbench = workbench;
  }

  @Override
  public Integer call() {
    var description = workbench.get().transformation(template).description();
    var out = Objects.requireNonNull(spec).commandLine().getOut();
    if (json) {
      out.println(Json.writeIndented(DescriptionJson.of(description)));
    } else {
      print(description, out);
    }
    out.flush();
    return 0;
  }

  private static void print(TransformationDescription description, PrintWriter out) {
    out.println(description.name());
    out.println("  " + description.text());
    out.println();
    out.println(
        "state      " + (description.stateType() == null ? "any" : description.stateType()));
    out.println("resources  " + resources(description.resources()));
    out.println("variables" + (description.variables().isEmpty() ? "  none" : ""));
    int width = description.variables().keySet().stream().mapToInt(String::length).max().orElse(0);
    description
        .variables()
        .forEach((name, structure) -> {
          var space = " ".repeat(width - name.length() + 2);
          out.println("  " + name + space + properties(structure));
          if (structure.description() != null) {
            out.println("  " + " ".repeat(width + 2) + structure.description());
          }
        });
  }

  private static String resources(@Nullable Resources resources) {
    return resources == null
        ? "the defaults of the store"
        : "%s vCPU, %d MiB, %d s, %d attempts"
            .formatted(
                resources.vcpus().toPlainString(),
                resources.memoryMib(),
                resources.timeoutSeconds(),
                resources.attempts());
  }

  private static String properties(VariableStructure structure) {
    var text = new StringBuilder(structure.datatype().text());
    if (structure.direction() == Direction.OUTPUT) {
      text.append(", written");
    }
    if (structure.defaultValue() != null) {
      text.append(", default ").append(Json.write(structure.defaultValue()));
    } else {
      text.append(structure.required() ? ", required" : ", optional");
    }
    if (!structure.allowed().isEmpty()) {
      text.append(", one of ").append(String.join(", ", structure.allowed()));
    }
    return text.toString();
  }
}
