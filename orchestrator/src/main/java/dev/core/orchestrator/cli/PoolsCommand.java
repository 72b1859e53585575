package dev.core.orchestrator.cli;

import dev.core.common.configuration.ConfigurationStore;
import dev.core.common.configuration.Pool;
import dev.core.common.variables.Names;
import dev.core.orchestrator.presentation.Text;
import dev.core.orchestrator.store.PlacedTask;
import dev.core.orchestrator.store.PoolQueries;
import dev.core.orchestrator.store.PoolSummary;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code core pools}: slots that tasks of all pipelines share. */
@Command(
    name = "pools",
    description = "List pools with their slots and who holds them, or set the slots of one.",
    footer = {"  core pools", "  core pools show licences", "  core pools set licences 3"})
final class PoolsCommand implements Callable<Integer> {

  private static final int HOLDERS_SHOWN = 3;

  private final Context context;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the specification before anything runs
  PoolsCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    return list();
  }

  @Command(
      description = "List pools: slots, how many are taken and by whom, and how many tasks wait.",
      footer = {"  core pools list", "  core pools list --json | jq '.[] | {name, slots, used}'"})
  int list() {
    var pools = queries().list();
    context.answer(pools, () -> table(pools));
    return ExitCode.DONE;
  }

  @Command(
      description = "Show who holds the slots of a pool, and who waits for one.",
      footer = {"  core pools show licences"})
  int show(@Parameters(paramLabel = "POOL", description = "Its name.") String name) {
    var pool = find(name).orElseThrow(() -> unknown(name));
    context.answer(pool, () -> show(pool));
    return ExitCode.DONE;
  }

  @Command(
      description = {
        "Set the slots of a pool, and make it if it is not there. Counts at once, also for runs that"
            + " go on: when it has fewer slots than are taken, whoever holds one keeps it."
      },
      footer = {"  core pools set licences 3", "  core pools set licences 0"})
  int set(
      @Parameters(paramLabel = "POOL", description = "Its name.") String name,
      @Parameters(paramLabel = "SLOTS", description = "Tasks that may hold one at once; 0: none.")
          int slots,
      @Nullable
          @Option(
              names = "--description",
              paramLabel = "TEXT",
              description = "What it is for; unless given, it stays as it is.")
          String description) {
    if (slots < 0) {
      throw new ParameterException(
          spec.commandLine(), "SLOTS is %d; allowed: 0 or more".formatted(slots));
    }
    Names.problem(name)
        .ifPresent(problem -> {
          throw new Refused(problem);
        });
    var before = set(new Pool(0, name, slots, description));
    var pool = find(name).orElseThrow(() -> unknown(name));
    context.answer(
        pool,
        () -> {
          context.say(
              "pool '%s' %s %s%s"
                  .formatted(
                      name,
                      before == null ? "is made; it has" : "has",
                      Text.many(slots, "slot"),
                      before == null || before.slots() == slots ? "" : ", had " + before.slots()));
          if (pool.used() > 0 || pool.waiting() > 0) {
            context.say(
                "%d taken, %s waiting".formatted(pool.used(), Text.many(pool.waiting(), "task")));
          }
        });
    return ExitCode.DONE;
  }

  /** What it was; null: it was not there. */
  private @Nullable Pool set(Pool wanted) {
    return context
        .configuration()
        .jdbi()
        .inTransaction(handle -> {
          var pools = new ConfigurationStore(handle, context.settings().actor()).pools();
          var before = pools.findBy("name", wanted.name()).orElse(null);
          if (before == null) {
            var _ = pools.insert(wanted);
          } else {
            var _ =
                pools.update(
                    new Pool(
                        before.id(),
                        before.name(),
                        wanted.slots(),
                        wanted.description() == null
                            ? before.description()
                            : wanted.description()));
          }
          return before;
        });
  }

  private PoolQueries queries() {
    return new PoolQueries(context.database().jdbi(), context.settings().claims().lease());
  }

  private Optional<PoolSummary> find(String name) {
    return queries().list().stream().filter(pool -> pool.name().equals(name)).findFirst();
  }

  private Refused unknown(String name) {
    return dev.core.orchestrator.cli.Names.unknown(
        "pool",
        name,
        queries().list().stream().map(PoolSummary::name).toList(),
        "core pools set POOL SLOTS makes one");
  }

  private void table(List<PoolSummary> pools) {
    if (pools.isEmpty()) {
      context.say("there are no pools; core pools set POOL SLOTS makes one");
      return;
    }
    var table = Table.of("POOL", ">SLOTS", ">USED", ">WAITING", "HELD BY");
    for (var pool : pools) {
      table.row(
          pool.name(),
          pool.missing() ? "missing" : pool.slots(),
          pool.used(),
          pool.waiting(),
          holders(pool));
    }
    context.say(table);
  }

  private static String holders(PoolSummary pool) {
    var shown =
        pool.holders().stream()
            .limit(HOLDERS_SHOWN)
            .map(each -> each.task() + " of run " + each.runId())
            .toList();
    int more = pool.used() - shown.size();
    return String.join(", ", shown) + (more > 0 ? " and %,d more".formatted(more) : "");
  }

  private void show(PoolSummary pool) {
    context.say(
        "pool '%s': %s, %d taken, %s waiting"
            .formatted(
                pool.name(),
                pool.missing() ? "no longer there" : Text.many(pool.slots(), "slot"),
                pool.used(),
                Text.many(pool.waiting(), "task")));
    if (pool.description() != null) {
      context.say(Text.printable(pool.description()));
    }
    if (pool.missing()) {
      context.say(
          "runs were sealed with it; `core pools set %s SLOTS` makes it again"
              .formatted(pool.name()));
    }
    tasks("HOLDS A SLOT", pool.holders());
    tasks("WAITS FOR A SLOT", pool.waiters());
  }

  private void tasks(String title, List<PlacedTask> tasks) {
    if (tasks.isEmpty()) {
      return;
    }
    var table = Table.of(title, ">RUN", "STATUS", "SINCE", "");
    for (var task : tasks) {
      table.row(
          task.task(),
          task.runId(),
          StatusText.cell(task.status()),
          Text.moment(task.since()),
          task.quarantined() ? "quarantined" : "");
    }
    context.say("");
    context.say(table);
  }
}
