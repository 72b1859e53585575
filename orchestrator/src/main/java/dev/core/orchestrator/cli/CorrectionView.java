package dev.core.orchestrator.cli;

import dev.core.orchestrator.engine.CorrectionPreview;
import dev.core.orchestrator.engine.CorrectionPreview.Change;
import dev.core.orchestrator.engine.TaskStatus;
import java.util.Locale;
import java.util.stream.Collectors;

/** Shows people what a command about tasks does. */
final class CorrectionView {

  private final Context context;

  CorrectionView(Context context) {
    this.context = context;
  }

  void show(CorrectionPreview preview) {
    if (!preview.changes().isEmpty()) {
      var table = Table.of("STATE", ">WAVE", "TASK", "NOW", "BECOMES");
      for (var change : preview.changes()) {
        table.row(
            change.state(),
            change.wave(),
            change.task(),
            StatusText.cell(change.before()),
            becomes(change));
      }
      context.say(table);
      context.say("");
    }
    context.say(preview.text());
    if (!preview.behind().isEmpty()) {
      context.say(
          "it starts when the overlap policy of %s lets it; unfinished now: %s"
              .formatted(
                  preview.pipeline(),
                  preview.behind().stream()
                      .map(id -> "run " + id)
                      .collect(Collectors.joining(", "))));
    }
  }

  private static String becomes(Change change) {
    TaskStatus then = change.then();
    if (then == null) {
      return words(change.after(), change.runsAgain());
    }
    return (change.closesFirst() ? "closed first, then " : "when its jobs have ended ")
        + words(then, change.runsAgain());
  }

  private static String words(TaskStatus status, boolean again) {
    return again ? "to run again" : status.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
