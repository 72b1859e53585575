package dev.core.orchestrator.cli;

import dev.core.orchestrator.engine.RunStatus;
import dev.core.orchestrator.presentation.Text;
import dev.core.orchestrator.store.InstallationStatus;
import dev.core.orchestrator.store.StatusQueries;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** {@code core status}: who leads, who stands by, and how much there is to do. */
@OnlyReads
@Command(
    name = "status",
    description = "Say who leads and since when, who stands by, and how much there is to do.",
    footer = {"  core status", "  core status --json | jq .leader.holder"})
final class StatusCommand implements Callable<Integer> {

  private final Context context;

  StatusCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    var status =
        new StatusQueries(context.database().jdbi(), context.settings().tasksAtOnce()).read();
    context.answer(status, () -> show(status));
    return ExitCode.DONE;
  }

  private void show(InstallationStatus status) {
    var leader = status.leader();
    if (leader.alive()) {
      context.say(
          "%s leads since %s, epoch %d"
              .formatted(leader.holder(), Text.moment(leader.acquiredAt()), leader.epoch()));
    } else {
      context.say(
          leader.holder() == null
              ? "nobody leads, and nobody ever has"
              : "nobody leads; %s did until %s, epoch %d"
                  .formatted(leader.holder(), Text.moment(leader.expiresAt()), leader.epoch()));
      context.say("`core server`, or `core run … --wait`, leads");
    }
    for (var member : status.standingBy()) {
      context.say(
          "%s stands by since %s".formatted(member.holder(), Text.moment(member.startedAt())));
    }
    context.say(runs(status));
    context.say(
        "tasks: %,d of at most %,d at the backend, %,d ready"
            .formatted(status.liveTasks(), status.tasksAtOnce(), status.readyTasks()));
  }

  private static String runs(InstallationStatus status) {
    if (status.runs().isEmpty()) {
      return "no unfinished runs";
    }
    return "runs: "
        + status.runs().entrySet().stream()
            .map(each -> "%,d %s".formatted(each.getValue(), word(each.getKey())))
            .collect(Collectors.joining(", "))
        + (status.quarantined() == 0
            ? ""
            : "; %,d of them quarantined".formatted(status.quarantined()));
  }

  private static String word(RunStatus status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
