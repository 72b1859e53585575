package dev.core.orchestrator.cli;

import dev.core.orchestrator.presentation.Text;
import dev.core.orchestrator.store.ScheduleDetail;
import dev.core.orchestrator.store.ScheduleQueries;
import dev.core.orchestrator.store.ScheduleSummary;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code core schedule}: when pipelines run by themselves. */
@Command(
    name = "schedule",
    description = {
      "List schedules, or show the next dates of one.",
      "A date is the logical date of its run: the moment at which it fires."
    },
    footer = {
      "  core schedule",
      "  core schedule flight_delays --next 20",
      "  core schedule --json | jq -r '.[] | select(.status == \"BLOCKED\") | .pipeline'"
    })
final class ScheduleCommand implements Callable<Integer> {

  private static final int MOST = 1_000;

  private final Context context;

  @Parameters(
      arity = "0..1",
      paramLabel = "PIPELINE",
      description = "Its name; default: all schedules.")
  private @Nullable String pipeline;

  @Option(
      names = {"-n", "--next"},
      paramLabel = "COUNT",
      description = "How many dates of the pipeline to show; default: ${DEFAULT-VALUE}.")
  private int next = 5;

  ScheduleCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (next < 0 || next > MOST) {
      throw new Refused("--next is %d; allowed: 0 to %d".formatted(next, MOST));
    }
    var queries = new ScheduleQueries(context.database().jdbi());
    if (pipeline == null) {
      var schedules = queries.list();
      context.answer(schedules, () -> table(schedules));
      return ExitCode.DONE;
    }
    var name = context.definition(pipeline).name();
    var schedule =
        queries
            .find(name, next)
            .orElseThrow(() ->
                new Refused(
                    "pipeline '%s' has no run_frequency: it is started by hand".formatted(name)));
    context.answer(schedule, () -> show(schedule));
    return ExitCode.DONE;
  }

  private void table(List<ScheduleSummary> schedules) {
    if (schedules.isEmpty()) {
      context.say("no pipeline has a run_frequency: all are started by hand");
      return;
    }
    var table =
        Table.of(
            "PIPELINE",
            "RUNS",
            "TIME ZONE",
            "STATUS",
            "NEXT DATE",
            "DEALT WITH",
            ">BEHIND",
            "LAST RUN");
    for (var each : schedules) {
      var date = each.nextDate();
      var run = each.lastRun();
      table.row(
          each.pipeline(),
          each.runFrequency(),
          each.timeZone(),
          word(each.status()),
          date == null ? "" : Text.moment(date.logicalDate()),
          Text.moment(each.cursor()),
          behind(each),
          run == null ? "" : run.runId() + " " + run.status().toLowerCase(Locale.ROOT));
    }
    context.say(table);
  }

  private static String word(ScheduleSummary.Status status) {
    return status.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String behind(ScheduleSummary schedule) {
    return schedule.datesBehind() >= ScheduleSummary.MOST_COUNTED
        ? "%,d+".formatted(ScheduleSummary.MOST_COUNTED)
        : String.valueOf(schedule.datesBehind());
  }

  private void show(ScheduleDetail detail) {
    var schedule = detail.summary();
    context.say(
        "%s runs %s (%s), overlap %s, catching up %s: %s"
            .formatted(
                schedule.pipeline(),
                schedule.runFrequency(),
                schedule.timeZone(),
                schedule.overlapPolicy(),
                schedule.catchingUp() ? "on" : "off",
                word(schedule.status())));
    if (schedule.startDate() != null) {
      context.say("from " + Text.moment(schedule.startDate()) + " on");
    }
    if (schedule.explanation() != null) {
      context.say(Text.printable(schedule.explanation()));
    }
    schedule.problems().forEach(problem -> context.say("  " + Text.printable(problem)));
    context.say(
        schedule.cursor() == null
            ? "no leader has seen it yet"
            : "dealt with up to %s, %s dates behind"
                .formatted(Text.moment(schedule.cursor()), behind(schedule)));
    var run = schedule.lastRun();
    if (run != null) {
      context.say(
          "last run: %d of %s, %s"
              .formatted(
                  run.runId(),
                  Text.moment(run.logicalDate()),
                  run.status().toLowerCase(Locale.ROOT)));
    }
    if (!detail.upcoming().isEmpty()) {
      var table = Table.of("NEXT DATE", "LOCAL TIME", "REMARK");
      detail
          .upcoming()
          .forEach(date -> table.row(Text.moment(date.logicalDate()), date.local(), date.remark()));
      context.say("");
      context.say(table);
    }
  }
}
