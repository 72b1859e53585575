package dev.core.orchestrator.cli;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.core.orchestrator.compute.ComputeBackend;
import dev.core.orchestrator.presentation.Text;
import dev.core.orchestrator.store.AttemptDetail;
import dev.core.orchestrator.store.PartitionQueries;
import dev.core.orchestrator.store.TaskDetail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code core logs}: what an attempt printed. */
@Command(
    name = "logs",
    description = "Print the log of a task's newest attempt, or of another one.",
    footer = {
      "  core logs 12 flight_delays_ingest_sql_7",
      "  core logs flight_delays sql_7 --follow",
      "  core logs 12 sql_7 --attempt 1",
      "  core logs 12 sql_7 --partition 17"
    })
final class LogsCommand implements Callable<Integer> {

  private static final Duration LOOK = Duration.ofMillis(500);

  /** While nothing comes; CloudWatch allows an account few looks a second. */
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(2);

  private final Context context;

  @Parameters(index = "0", paramLabel = "RUN", description = RunArgument.DESCRIPTION)
  private String run = "";

  @Parameters(index = "1", paramLabel = "TASK", description = RunArgument.TASK)
  private String task = "";

  @Option(
      names = {"-f", "--follow"},
      description = "Go on until the attempt has ended; wait for its job if there is none yet.")
  private boolean follow;

  @Option(names = "--attempt", paramLabel = "N", description = "Its number; default: the newest.")
  private @Nullable Integer attempt;

  @Option(
      names = "--partition",
      paramLabel = "N",
      description = {
        "Of a task that is split, which one, from 0.",
        "Default: the first that failed in that attempt."
      })
  private @Nullable Integer partition;

  LogsCommand(Context context) {
    this.context = context;
  }

  @JsonNaming(SnakeCaseStrategy.class)
  private record Log(
      String task, int attempt, @Nullable Integer partition, String jobId, List<String> lines) {}

  @Override
  public Integer call() throws Exception {
    // A pipeline's newest run may soon be another one.
    var runId = String.valueOf(RunArgument.id(context, run));
    var started = started(runId);
    var chosen = started.attempt();
    var job = started.jobId();
    var lines = new ArrayList<String>();
    Consumer<String> line = context.json() ? lines::add : text -> context.say(Text.printable(text));
    long printed;
    try (var backend =
        context.engine().backend(chosen.mode(), context.settings(), context.database())) {
      printed = print(backend, job, () -> !follow || hasEnded(runId, started), line);
    } catch (ComputeBackend.BackendUnavailable e) {
      throw new Refused("the log cannot be read now: " + e.getMessage(), e);
    }
    if (printed == 0 && chosen.endedAt() != null && !context.json()) {
      context
          .console()
          .err()
          .println(
              "there are no lines: it printed none, its job never began, or the backend no longer"
                  + " knows it (AWS Batch keeps ended jobs for a day at least)");
      context.console().err().flush();
    }
    context.answer(
        new Log(started.task(), chosen.number(), started.partition(), job, lines), () -> {});
    return ExitCode.DONE;
  }

  private record Started(
      String task, AttemptDetail attempt, @Nullable Integer partition, String jobId) {}

  /** The attempt that is wanted, once it has a job; without following, only one that has. */
  private Started started(String runId) throws InterruptedException {
    boolean told = false;
    while (true) {
      var found = RunArgument.task(RunArgument.detail(context, runId), task);
      if (!found.isTransformation()) {
        throw new Refused(
            "%s is a spacer: a barrier that runs nothing and so prints nothing; core show %s lists the tasks that have logs"
                .formatted(found.key(), run));
      }
      var chosen = chosen(runId, found);
      var wanted = partition(runId, found, chosen);
      var job =
          wanted == null
              ? chosen.map(AttemptDetail::jobId).orElse(null)
              : chosen.flatMap(each -> place(runId, found, each, wanted)).orElse(null);
      if (job != null) {
        return new Started(found.key(), chosen.orElseThrow(), wanted, job);
      }
      if (!follow || found.status().terminal()) {
        throw without(found, chosen);
      }
      if (!told && !context.json()) {
        context.console().err().println(found.key() + " has no job yet; waiting for it");
        context.console().err().flush();
        told = true;
      }
      Thread.sleep(LOOK);
    }
  }

  /** Which partition is wanted; null: the task is not split. */
  private @Nullable Integer partition(
      String runId, TaskDetail found, Optional<AttemptDetail> chosen) {
    var split = chosen.map(AttemptDetail::partitions).orElse(null);
    if (split == null) {
      if (partition != null && chosen.isPresent()) {
        throw new Refused(found.key() + " is not split in partitions; leave --partition out");
      }
      return null;
    }
    if (partition == null) {
      return new PartitionQueries(context.database().jdbi())
          .firstFailed(Long.parseLong(runId), found.index(), chosen.orElseThrow().number())
          .orElseThrow(() ->
              new Refused(
                  "%s is split in %,d partitions, of which none has failed; say which one: --partition 0 to %d"
                      .formatted(found.key(), split.count(), split.count() - 1)));
    }
    if (partition < 0 || partition >= split.count()) {
      throw new Refused(
          "%s has no partition %d; it has 0 to %d"
              .formatted(found.key(), partition, split.count() - 1));
    }
    return partition;
  }

  private Optional<String> place(String runId, TaskDetail found, AttemptDetail chosen, int wanted) {
    var place =
        new PartitionQueries(context.database().jdbi())
            .find(Long.parseLong(runId), found.index(), chosen.number(), wanted);
    if (place.isEmpty()) {
      throw new Refused(
          "attempt %d of %s did not run partition %d, which had succeeded before"
              .formatted(chosen.number(), found.key(), wanted));
    }
    return place.map(PartitionQueries.Place::jobId);
  }

  /** Of a partition, the newest attempt that ran it. */
  private Optional<AttemptDetail> chosen(String runId, TaskDetail found) {
    var attempts = found.attempts();
    var number = attempt;
    if (number == null && partition != null) {
      number =
          new PartitionQueries(context.database().jdbi())
              .find(Long.parseLong(runId), found.index(), null, partition)
              .map(PartitionQueries.Place::attempt)
              .orElse(null);
    }
    var wanted = number;
    return wanted == null
        ? attempts.stream().reduce((_, last) -> last)
        : attempts.stream().filter(each -> each.number() == wanted).findFirst();
  }

  private Refused without(TaskDetail found, Optional<AttemptDetail> chosen) {
    if (found.attempts().isEmpty()) {
      return new Refused(
          "%s has no attempts%s; core why %s %s says %s"
              .formatted(
                  found.key(),
                  found.status().terminal() ? "" : " yet",
                  run,
                  found.key(),
                  found.status().terminal() ? "why" : "what it waits for"));
    }
    return chosen.isEmpty()
        ? new Refused(
            "%s has no attempt %d; it has 1 to %d"
                .formatted(found.key(), attempt, found.attempts().size()))
        : new Refused(
            "attempt %d of %s has no job yet; core why %s %s says what it waits for"
                .formatted(chosen.get().number(), found.key(), run, found.key()));
  }

  /** How many lines there were. */
  private long print(
      ComputeBackend backend, String job, BooleanSupplier over, Consumer<String> line)
      throws InterruptedException {
    @Nullable String cursor = null;
    long printed = 0;
    long overSince = -1;
    Duration pause = LOOK;
    while (true) {
      // Asked before the lines: what it says after its end is not missed.
      var ended = over.getAsBoolean();
      var page = backend.logs(job, cursor);
      page.lines().forEach(line);
      printed += page.lines().size();
      cursor = page.next();
      if (!page.lines().isEmpty()) {
        pause = LOOK;
        overSince = -1;
        continue;
      }
      if (ended) {
        overSince = overSince < 0 ? System.nanoTime() : overSince;
        if (!follow || System.nanoTime() - overSince >= backend.logLag().toNanos()) {
          return printed;
        }
      }
      Thread.sleep(pause);
      pause = pause.compareTo(LONGEST_LOOK) < 0 ? pause.multipliedBy(2) : pause;
    }
  }

  private boolean hasEnded(String runId, Started started) {
    var wanted = started.partition();
    if (wanted != null) {
      return new PartitionQueries(context.database().jdbi())
          .find(
              Long.parseLong(runId),
              RunArgument.task(RunArgument.detail(context, runId), started.task()).index(),
              started.attempt().number(),
              wanted)
          .filter(place -> !place.ended())
          .isEmpty();
    }
    return RunArgument.detail(context, runId).task(started.task()).stream()
        .flatMap(found -> found.attempts().stream())
        .filter(each -> each.number() == started.attempt().number())
        .allMatch(each -> each.endedAt() != null);
  }
}
