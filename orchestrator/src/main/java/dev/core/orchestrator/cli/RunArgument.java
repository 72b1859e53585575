package dev.core.orchestrator.cli;

import dev.core.orchestrator.store.RunDetail;
import dev.core.orchestrator.store.RunFilter;
import dev.core.orchestrator.store.TaskDetail;
import java.util.stream.Stream;

/** Finds the run and the task that a command line speaks of. */
final class RunArgument {

  static final String DESCRIPTION = "Number of the run, or a pipeline: its newest run.";
  static final String TASK = "Key of the task, or a part of it that no other task has.";

  private RunArgument() {}

  static long id(Context context, String text) {
    var runs = context.runs();
    if (text.matches("[0-9]{1,18}")) {
      var id = Long.parseLong(text);
      if (runs.summary(id).isEmpty()) {
        throw Names.unknown(
            "run",
            text,
            runs.list(RunFilter.newest(8)).stream()
                .map(run -> String.valueOf(run.runId()))
                .toList(),
            "core run PIPELINE starts one");
      }
      return id;
    }
    return runs.newestOf(text)
        .orElseThrow(() -> {
          var names = context.pipelines().names();
          return names.contains(text)
              ? new Refused("pipeline '%s' has never run".formatted(text))
              : Names.unknown("run or pipeline", text, names, "see: core config import --help");
        });
  }

  static RunDetail detail(Context context, String text) {
    var id = id(context, text);
    return context
        .runs()
        .detail(id)
        .orElseThrow(() -> new Refused("run %d has just been removed".formatted(id)));
  }

  /** The task of that key, or the only one whose key has the text in it. */
  static TaskDetail task(RunDetail run, String text) {
    return run.task(text)
        .orElseGet(() -> {
          var like = like(run.transformations().stream(), text);
          var found = like.isEmpty() ? like(run.tasks().stream(), text) : like;
          if (found.size() == 1) {
            return found.getFirst();
          }
          var keys = (found.isEmpty() ? run.tasks() : found).stream().map(TaskDetail::key);
          throw Names.missing(
              "run %d has no %s '%s'"
                  .formatted(
                      run.summary().runId(), found.isEmpty() ? "task" : "single task for", text),
              text,
              keys.toList(),
              "the run has no tasks");
        });
  }

  private static java.util.List<TaskDetail> like(Stream<TaskDetail> tasks, String text) {
    return tasks.filter(task -> task.key().contains(text)).toList();
  }
}
