package dev.core.worker.cli;

import dev.core.common.json.Json;
import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.WorkOrder;
import dev.core.common.protocol.WorkerExit;
import dev.core.worker.attempt.Trial;
import dev.core.worker.attempt.Trial.TrialProblem;
import dev.core.worker.run.AttemptLogs;
import dev.core.worker.run.Failures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code corebot test}: one transformation alone, with no orchestrator and no database. */
@Command(
    name = "test",
    description = {
      "Runs one transformation alone, with no orchestrator and no database, and shows what it gives."
    },
    footer = {
      "",
      "Examples:",
      "  corebot test shell --var command='echo hello'",
      "  corebot test sql --input flights=flights.csv \\",
      "      --var sql='select origin, count(*) as n from flights group by all order by n desc'",
      "  corebot test initial_ingest --var source=airports.csv --output-dir /tmp/out"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:it succeeded",
      " 1:there is no such transformation, or an unexpected error",
      " 2:wrong usage",
      "10:the transformation failed",
      "12:it ran out of memory",
      "13:it was interrupted",
      "14:configuration: it could never have run, for example for its variables"
    })
public final class TestCommand implements Callable<Integer> {

  private static final Pattern PARTITION = Pattern.compile("(\\d{1,6})/(\\d{1,6})");

  private final Supplier<Workbench> workbenches;
  private final InstantSource clock;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "TEMPLATE", description = "Name of the transformation.")
  private String template = "";

  @Option(
      names = "--var",
      paramLabel = "NAME=VALUE",
      description = "A variable; may be repeated. It may contain $${…}.")
  private Map<String, String> variables = new LinkedHashMap<>();

  @Option(
      names = "--var-file",
      paramLabel = "NAME=FILE",
      description = "A variable whose text is in a file, such as SQL.")
  private Map<String, Path> variableFiles = new LinkedHashMap<>();

  @Option(
      names = "--input",
      paramLabel = "ALIAS=PATH",
      description = "A file or folder as an input dataset; may be repeated.")
  private Map<String, Path> inputs = new LinkedHashMap<>();

  @Option(
      names = "--param",
      paramLabel = "NAME=VALUE",
      description = "A parameter of the run, for $${parameter.NAME}.")
  private Map<String, String> parameters = new LinkedHashMap<>();

  @Option(
      names = "--logical-date",
      paramLabel = "INSTANT",
      description = "Such as 2001-01-01T00:00:00Z; default: now.")
  private @Nullable String logicalDate;

  @Option(
      names = "--output-dir",
      paramLabel = "FOLDER",
      description = "Where datasets are written, each into a folder; default: a new one.")
  private @Nullable Path outputDirectory;

  @Option(
      names = "--overwrite",
      description = "Empty the folders of datasets that are there already.")
  private boolean overwrite;

  @Option(
      names = "--partition",
      paramLabel = "I/N",
      defaultValue = "0/1",
      description = "Which slice of how many, from 0; default: ${DEFAULT-VALUE}.")
  private String partition = "0/1";

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "10",
      description = "So many rows of each dataset are shown; default: ${DEFAULT-VALUE}.")
  private int rows = 10;

  @Option(names = "--json", description = "The outcome as one JSON object.")
  private boolean json;

  /**
   * @param clock gives the logical date when none is given
   */
  public TestCommand(Supplier<Workbench> workbenches, InstantSource clock) {
    this.workbenches = workbenches;
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var slice = PARTITION.matcher(partition);
    if (!slice.matches() || index(slice.group(1)) >= index(slice.group(2))) {
      throw usage("--partition is I/N with I from 0 and less than N, not '" + partition + "'");
    }
    var workbench = workbenches.get();
    var description = workbench.transformation(template).description();
    var trial =
        new Trial(
            texts(workbench),
            absolute(workbench),
            parameters,
            outputs(workbench),
            date(),
            index(slice.group(2)));
    Outcome outcome;
    try {
      var order = trial.order(description);
      refuseToOverwrite(order);
      AttemptLogs.showAttempts();
      outcome = perform(workbench, order, index(slice.group(1)));
    } catch (TrialProblem e) {
      command().getErr().println(e.getMessage());
      return WorkerExit.CONFIGURATION.code();
    }
    if (json) {
      command().getOut().println(Json.writeIndented(outcome));
    } else {
      new TrialReport(outcome, rows).print(command().getOut());
    }
    command().getOut().flush();
    var failure = outcome.failure();
    return failure == null ? 0 : WorkerExit.of(failure.failureClass()).code();
  }

  private static Outcome perform(Workbench workbench, WorkOrder order, int partition) {
    try (var _ = new Signal(Thread.currentThread())) {
      return workbench.work().perform(order, partition, _ -> {});
    } catch (InterruptedException e) {
      return Outcome.failure(FailureClass.INFRASTRUCTURE, "it was interrupted");
    } catch (Exception | OutOfMemoryError e) {
      return Failures.outcome(e);
    }
  }

  private Map<String, String> texts(Workbench workbench) throws IOException {
    var texts = new TreeMap<>(variables);
    for (var file : variableFiles.entrySet()) {
      var path = workbench.directory().resolve(file.getValue());
      if (!Files.isRegularFile(path)) {
        throw usage("--var-file " + file.getKey() + ": there is no file " + path);
      }
      if (texts.put(file.getKey(), Files.readString(path)) != null) {
        throw usage("the variable '" + file.getKey() + "' is given twice");
      }
    }
    return texts;
  }

  private Map<String, Path> absolute(Workbench workbench) {
    var absolute = new TreeMap<String, Path>();
    inputs.forEach((alias, path) -> absolute.put(alias, workbench.directory().resolve(path)));
    return absolute;
  }

  private Path outputs(Workbench workbench) throws IOException {
    return outputDirectory == null
        ? Files.createTempDirectory("corebot-test-")
        : workbench.directory().resolve(outputDirectory);
  }

  /** Folders of outputs are emptied before they are written, and these may be anybody's. */
  private void refuseToOverwrite(WorkOrder order) throws IOException {
    for (var output : order.outputs().values()) {
      var folder = Path.of(order.datasetsRoot(), output.path());
      if (!overwrite && Files.exists(folder)) {
        try (var entries = Files.newDirectoryStream(folder)) {
          if (entries.iterator().hasNext()) {
            throw usage(folder + " is not empty; name another --output-dir, or say --overwrite");
          }
        }
      }
    }
  }

  private Instant date() {
    try {
      return logicalDate == null ? clock.instant() : Instant.parse(logicalDate);
    } catch (DateTimeException e) {
      throw usage(
          "--logical-date is an instant such as 2001-01-01T00:00:00Z, not '" + logicalDate + "'");
    }
  }

  private static int index(String digits) {
    return Integer.parseInt(digits);
  }

  private CommandLine command() {
    return Objects.requireNonNull(spec).commandLine();
  }

  private ParameterException usage(String message) {
    return new ParameterException(command(), message);
  }
}
