package dev.core.orchestrator.cli;

import dev.core.orchestrator.presentation.Text;
import dev.core.orchestrator.store.RerunPreview;
import dev.core.orchestrator.store.TakeOver;

/** Shows people what a rerun takes over, what it runs, and what has changed. */
final class RerunView {

  private final Context context;

  RerunView(Context context) {
    this.context = context;
  }

  void show(RerunPreview preview) {
    context.say(
        "a rerun of run %d of %s, logical date %s"
            .formatted(preview.runId(), preview.pipeline(), Text.moment(preview.logicalDate())));
    var differences = new ComparisonView(context);
    differences.section("definition", preview.definition());
    differences.section("parameters", preview.parameters());
    context.say("");
    var table = Table.of("STATE", ">WAVE", "TASK", "", "WHY");
    for (var task : preview.tasks()) {
      table.row(
          task.state(),
          task.wave(),
          task.task(),
          task.from() == null ? "runs" : "taken over",
          why(task));
    }
    context.say(table);
    context.say("");
    context.say(
        "%d of %s taken over, %d to run"
            .formatted(
                preview.taken(),
                Text.many(preview.tasks().size(), "task"),
                preview.tasks().size() - preview.taken()));
  }

  private static String why(TakeOver.Verdict task) {
    var from = task.from();
    return from == null
        ? String.valueOf(task.because())
        : "the same in attempt %d of run %d".formatted(from.attempt(), from.runId());
  }
}
