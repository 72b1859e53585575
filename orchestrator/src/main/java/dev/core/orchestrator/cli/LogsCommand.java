package dev.core.orchestrator.cli;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.core.orchestrator.compute.ComputeBackend;
import dev.core.orchestrator.presentation.Text;
import dev.core.orchestrator.store.AttemptDetail;
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
      "  core logs 12 sql_7 --attempt 1"
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

  LogsCommand(Context context) {
    this.context = context;
  }

  @JsonNaming(SnakeCaseStrategy.class)
  private record Log(String task, int attempt, String jobId, List<String> lines) {}

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
    context.answer(new Log(started.task(), chosen.number(), job, lines), () -> {});
    return ExitCode.DONE;
  }

  private record Started(String task, AttemptDetail attempt, String jobId) {}

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
      var chosen = chosen(found);
      var job = chosen.map(AttemptDetail::jobId).orElse(null);
      if (job != null) {
        return new Started(found.key(), chosen.orElseThrow(), job);
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

  private Optional<AttemptDetail> chosen(TaskDetail found) {
    var attempts = found.attempts();
    var number = attempt;
    return number == null
        ? attempts.stream().reduce((_, last) -> last)
        : attempts.stream().filter(each -> each.number() == number).findFirst();
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
    return RunArgument.detail(context, runId).task(started.task()).stream()
        .flatMap(found -> found.attempts().stream())
        .filter(each -> each.number() == started.attempt().number())
        .allMatch(each -> each.endedAt() != null);
  }
}
