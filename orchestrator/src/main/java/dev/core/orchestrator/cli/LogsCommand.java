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
import java.util.concurrent.Callable;
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

  private final Context context;

  @Parameters(index = "0", paramLabel = "RUN", description = RunArgument.DESCRIPTION)
  private String run = "";

  @Parameters(index = "1", paramLabel = "TASK", description = RunArgument.TASK)
  private String task = "";

  @Option(
      names = {"-f", "--follow"},
      description = "Go on until the attempt has ended.")
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
    var found = RunArgument.task(RunArgument.detail(context, run), task);
    var chosen = chosen(found);
    var job = chosen.jobId();
    if (job == null) {
      throw new Refused(
          "attempt %d of %s has no job yet; core why %s %s says what it waits for"
              .formatted(chosen.number(), found.key(), run, found.key()));
    }
    var lines = new ArrayList<String>();
    Consumer<String> line = context.json() ? lines::add : text -> context.say(Text.printable(text));
    try (var backend =
        context.engine().backend(chosen.mode(), context.settings(), context.database())) {
      print(backend, job, found.key(), chosen.number(), line);
    } catch (ComputeBackend.BackendUnavailable e) {
      throw new Refused("the log cannot be read now: " + e.getMessage(), e);
    }
    context.answer(new Log(found.key(), chosen.number(), job, lines), () -> {});
    return ExitCode.DONE;
  }

  private AttemptDetail chosen(TaskDetail found) {
    if (!found.isTransformation()) {
      throw new Refused(
          "%s is a spacer: a barrier that runs nothing and so prints nothing; core show %s lists the tasks that have logs"
              .formatted(found.key(), run));
    }
    var attempts = found.attempts();
    if (attempts.isEmpty()) {
      throw new Refused(
          "%s has no attempts yet; core why %s %s says what it waits for"
              .formatted(found.key(), run, found.key()));
    }
    var number = attempt;
    return number == null
        ? attempts.getLast()
        : attempts.stream()
            .filter(each -> each.number() == number)
            .findFirst()
            .orElseThrow(() ->
                new Refused(
                    "%s has no attempt %d; it has 1 to %d"
                        .formatted(found.key(), number, attempts.size())));
  }

  private void print(
      ComputeBackend backend, String job, String key, int number, Consumer<String> line)
      throws InterruptedException {
    @Nullable String cursor = null;
    while (true) {
      // Asked before the lines: what it says after its end is not missed.
      var ended = !follow || hasEnded(key, number);
      var page = backend.logs(job, cursor);
      page.lines().forEach(line);
      if (page.lines().isEmpty()) {
        if (ended) {
          return;
        }
        Thread.sleep(LOOK);
      }
      cursor = page.next();
    }
  }

  private boolean hasEnded(String key, int number) {
    return RunArgument.detail(context, run).task(key).stream()
        .flatMap(found -> found.attempts().stream())
        .filter(each -> each.number() == number)
        .allMatch(each -> each.endedAt() != null);
  }
}
