package dev.core.worker.cli;

import dev.core.common.json.Json;
import dev.core.worker.transformation.TransformationDescription;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code corebot list}: what this worker can run. */
@Command(
    name = "list",
    description = "Lists the transformations that this worker can run.",
    footer = {"", "Examples:", "  corebot list", "  corebot list --json | jq -r '.[].name'"})
public final class ListCommand implements Callable<Integer> {

  private final Supplier<Workbench> workbench;

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--json", description = "Everything about them, as one JSON array.")
  private boolean json;

  public ListCommand(Supplier<Workbench> workbench) {
    this.workbench = workbench;
  }

  @Override
  public Integer call() {
    var descriptions = workbench.get().transformations().descriptions();
    var out = Objects.requireNonNull(spec).commandLine().getOut();
    if (json) {
      out.println(Json.writeIndented(descriptions.stream().map(DescriptionJson::of).toList()));
    } else {
      int width = descriptions.stream().mapToInt(each -> each.name().length()).max().orElse(0);
      for (var description : descriptions) {
        out.println(
            description.name()
                + " ".repeat(width - description.name().length() + 2)
                + firstSentence(description));
      }
    }
    out.flush();
    return 0;
  }

  private static String firstSentence(TransformationDescription description) {
    int end = description.text().indexOf(". ");
    return end < 0 ? description.text() : description.text().substring(0, end + 1);
  }
}
