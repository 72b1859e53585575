package dev.core.orchestrator.cli;

import dev.core.orchestrator.engine.RunStatus;
import dev.core.orchestrator.store.RunFilter;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which runs are listed. */
final class RunListOptions {

  @Option(
      names = "--pipeline",
      paramLabel = "PIPELINE",
      description = "Only runs of this pipeline.")
  private @Nullable String pipeline;

  @Option(names = "--status", paramLabel = "STATUS", description = "Only runs in this status.")
  private @Nullable String status;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "So many; default: ${DEFAULT-VALUE}.")
  private int limit = 20;

  @Option(
      names = "--before",
      paramLabel = "RUN",
      description = "Only older ones than the run of this number: the next page.")
  private @Nullable Long before;

  /**
   * @throws Refused if one of them means nothing
   */
  RunFilter filter(Context context) {
    if (limit < 1) {
      throw new Refused("--limit is %d; allowed: 1 and more".formatted(limit));
    }
    return new RunFilter(known(context, pipeline), status(status), limit, before);
  }

  private static @Nullable String known(Context context, @Nullable String pipeline) {
    if (pipeline != null && context.runs().newestOf(pipeline).isEmpty()) {
      var names = context.pipelines().names();
      if (!names.contains(pipeline)) {
        throw Names.unknown("pipeline", pipeline, names, "see: core config import --help");
      }
    }
    return pipeline;
  }

  private static @Nullable RunStatus status(@Nullable String status) {
    if (status == null) {
      return null;
    }
    for (var each : RunStatus.values()) {
      if (each.name().equalsIgnoreCase(status)) {
        return each;
      }
    }
    var names = Arrays.stream(RunStatus.values()).map(each -> each.name().toLowerCase(Locale.ROOT));
    throw Names.unknown("run status", status, names.toList(), "");
  }
}
