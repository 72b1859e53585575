package dev.core.orchestrator.cli;

import dev.core.orchestrator.presentation.Text;
import dev.core.orchestrator.store.PipelineExplanation;
import dev.core.orchestrator.store.RunDetail;
import dev.core.orchestrator.store.RunExplanation;
import dev.core.orchestrator.store.TaskExplanation;
import dev.core.orchestrator.store.WhyQueries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code core why}: the answer to "why is it not running?". */
@OnlyReads
@Command(
    name = "why",
    description =
        "Say why a run, or a task of it, is not done, or why a pipeline has no run: one cause, since"
            + " when, and what helps.",
    footer = {
      "  core why 12",
      "  core why flight_delays sql_7",
      "  core why 12 --json | jq '.[] | {task, cause}'"
    })
final class WhyCommand implements Callable<Integer> {

  private final Context context;

  @Parameters(index = "0", paramLabel = "RUN", description = RunArgument.DESCRIPTION)
  private String run = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "TASK", description = RunArgument.TASK)
  private @Nullable String task;

  WhyCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    var pipeline = context.whyOfPipelines().explain(run);
    if (pipeline.isPresent() && task == null && context.runs().newestOf(run).isEmpty()) {
      context.answer(List.of(pipeline.get()), () -> say(pipeline.get()));
      return ExitCode.DONE;
    }
    var detail = RunArgument.detail(context, run);
    var queries = context.why();
    var explanations = explanations(queries, detail);
    var ofRun =
        task == null ? queries.explainRun(detail.summary()) : Optional.<RunExplanation>empty();
    // Its newest run is over: why is there no other?
    var ofPipeline = pipeline.filter(_ -> task == null && detail.summary().ended());
    var all = new ArrayList<Object>(explanations);
    ofRun.ifPresent(all::addFirst);
    ofPipeline.ifPresent(all::addLast);
    context.answer(
        all,
        () -> {
          show(detail, ofRun, explanations);
          ofPipeline.ifPresent(each -> {
            context.say("");
            say(each);
          });
        });
    return ExitCode.DONE;
  }

  private List<TaskExplanation> explanations(WhyQueries queries, RunDetail detail) {
    var all = queries.explain(detail.summary());
    if (task == null) {
      return all;
    }
    var key = RunArgument.task(detail, task).key();
    return all.stream().filter(each -> key.equals(each.task())).toList();
  }

  private void show(
      RunDetail detail, Optional<RunExplanation> ofRun, List<TaskExplanation> explanations) {
    new RunView(context).head(detail.summary());
    ofRun.ifPresent(run -> {
      context.say("");
      say(run.text(), run.since(), run.remedy());
    });
    if (explanations.isEmpty()) {
      context.say(task == null ? "every task succeeded" : "the task succeeded");
    }
    // Many tasks wait for the same: told once.
    var alike = new LinkedHashMap<String, List<TaskExplanation>>();
    explanations.forEach(
        each -> alike.computeIfAbsent(each.text(), _ -> new ArrayList<>()).add(each));
    for (var group : alike.values()) {
      var first = group.getFirst();
      context.say("");
      for (var each : group.subList(0, Math.min(3, group.size()))) {
        var cell = StatusText.cell(each.status());
        context.say(context.console().dress(cell.text(), cell.style()) + "  " + each.task());
      }
      if (group.size() > 3) {
        context.say("  and %d more".formatted(group.size() - 3));
      }
      say(first.text(), first.since(), first.remedy());
    }
  }

  private void say(PipelineExplanation pipeline) {
    context.say(
        "pipeline %s%s"
            .formatted(
                pipeline.pipeline(),
                pipeline.cause() == PipelineExplanation.Cause.UNFINISHED_RUN
                    ? ""
                    : ": no run goes on"));
    say(pipeline.text(), pipeline.since(), pipeline.remedy());
  }

  private void say(String text, @Nullable Instant since, String remedy) {
    context.say("  " + Text.printable(text));
    if (since != null) {
      context.say("  since " + Text.moment(since));
    }
    context.say("  helps: " + remedy);
  }
}
