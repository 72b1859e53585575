package dev.core.orchestrator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.core.common.storage.DatasetReader;
import dev.core.common.storage.RowFormat;
import dev.core.orchestrator.presentation.Text;
import dev.core.orchestrator.store.DatasetName;
import dev.core.orchestrator.store.DatasetSummary;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code core datasets}: what runs have left, and its rows. */
@Command(
    name = "datasets",
    description = "List datasets, show the versions of one, or print its rows.",
    footer = {
      "  core datasets",
      "  core datasets show us_aviation/faa/metrics/delays_by_month",
      "  core datasets cat us_aviation/faa/metrics/delays_by_month --format csv"
    })
final class DatasetsCommand implements Callable<Integer> {

  private static final String DATASET =
      "<client>/<brand>/<state>/<dataset>, or the last part alone.";

  private final Context context;

  DatasetsCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    return list();
  }

  @Command(
      description = "List datasets, each with its newest version.",
      footer = {"  core datasets list", "  core datasets list --json | jq -r '.[].name'"})
  int list() {
    var datasets = context.datasets().newest();
    context.answer(datasets, () -> table(datasets));
    return ExitCode.DONE;
  }

  @Command(
      description = "Show every version of a dataset and where its files are.",
      footer = {"  core datasets show us_aviation/faa/metrics/delays_by_month"})
  int show(@Parameters(paramLabel = "DATASET", description = DATASET) String dataset) {
    var versions = versions(dataset);
    context.answer(versions, () -> show(versions));
    return ExitCode.DONE;
  }

  @Command(
      description =
          "Print the rows of the newest version of a dataset, or of the one that a run left.",
      footer = {
        "  core datasets cat us_aviation/faa/metrics/delays_by_month --format csv > months.csv",
        "  core datasets cat delays_by_month --limit 5 --run 12"
      })
  int cat(
      @Parameters(paramLabel = "DATASET", description = DATASET) String dataset,
      @Option(
              names = "--format",
              paramLabel = "FORMAT",
              defaultValue = "table",
              converter = RowFormatName.class,
              description = "csv, json or table; default: ${DEFAULT-VALUE}.")
          RowFormat format,
      @Nullable
          @Option(
              names = "--run",
              paramLabel = "RUN",
              description = "What this run left. " + RunArgument.DESCRIPTION)
          String run,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "-1",
              description = "So many rows; default: all.")
          long limit)
      throws Exception {
    var version = version(versions(dataset), run);
    var names =
        StreamSupport.stream(version.files().spliterator(), false)
            .map(file -> file.path("path").asText())
            .toList();
    var out = context.console().out();
    try (var reader = DatasetReader.open(version.root(), version.path(), version.format(), names)) {
      reader.write(context.json() ? RowFormat.JSON : format, limit, out);
    } catch (DatasetReader.UnreadableDataset | IOException e) {
      throw new Refused(e.getMessage() + " (of run " + version.runId() + ")", e);
    }
    out.flush();
    return ExitCode.DONE;
  }

  private DatasetSummary version(List<DatasetSummary> versions, @Nullable String run) {
    if (run == null) {
      return versions.getFirst();
    }
    var id = RunArgument.id(context, run);
    // Also what it took over of another run.
    return context.datasets().ofRun(id).stream()
        .filter(version -> version.name().equals(versions.getFirst().name()))
        .findFirst()
        .orElseThrow(() ->
            new Refused(
                "run %d left no %s; these runs did: %s"
                    .formatted(
                        id,
                        versions.getFirst().name(),
                        String.join(
                            ", ",
                            versions.stream()
                                .map(version -> String.valueOf(version.runId()))
                                .distinct()
                                .toList()))));
  }

  private List<DatasetSummary> versions(String text) {
    var versions = DatasetName.parse(text).map(context.datasets()::versions).orElseGet(List::of);
    if (!versions.isEmpty()) {
      return versions;
    }
    var all = context.datasets().newest();
    var called = all.stream().filter(each -> each.dataset().equals(text)).toList();
    if (called.size() == 1) {
      return versions(called.getFirst().name());
    }
    throw Names.unknown(
        called.isEmpty() ? "dataset" : "single dataset",
        text,
        (called.isEmpty() ? all : called).stream().map(DatasetSummary::name).toList(),
        "a run of a pipeline leaves some: core run PIPELINE --wait");
  }

  private void table(List<DatasetSummary> datasets) {
    if (datasets.isEmpty()) {
      context.say("no datasets yet; a run of a pipeline leaves some: core run PIPELINE --wait");
      return;
    }
    var table = Table.of("DATASET", "FORMAT", ">ROWS", ">SIZE", ">RUN", "COMMITTED");
    for (var dataset : datasets) {
      table.row(
          dataset.name(),
          dataset.format(),
          Text.count(dataset.rows()),
          Text.bytes(dataset.bytes()),
          dataset.runId(),
          Text.moment(dataset.committedAt()));
    }
    context.say(table);
  }

  private void show(List<DatasetSummary> versions) {
    context.say(versions.getFirst().name());
    for (var version : versions) {
      context.say("");
      context.say(
          "run %d, %s attempt %d, %s: %s%s, %s"
              .formatted(
                  version.runId(),
                  version.taskKey(),
                  version.attempt(),
                  Text.moment(version.committedAt()),
                  version.format(),
                  version.rows() == null ? "" : ", " + Text.many(version.rows(), "row"),
                  Text.bytes(version.bytes())));
      for (JsonNode file : version.files()) {
        context.say(
            "  %s/%s%s".formatted(version.root(), version.path(), file.path("path").asText()));
      }
    }
  }
}
