package dev.core.orchestrator.cli;

import dev.core.common.settings.Mode;
import dev.core.common.settings.Settings;
import dev.core.orchestrator.compute.Finding;
import dev.core.orchestrator.compute.Finding.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code core doctor}: looks at everything that this installation needs, and changes nothing. */
@Command(
    name = "doctor",
    description =
        "Check what this installation needs: database, migrations, secrets, workers, datasets, and in cloud"
            + " mode account, job queue, compute environment, job definition, image, roles, log"
            + " group, bucket and events queue; exit code 1 if something is wrong.",
    footer = {"  core doctor", "  CORE_MODE=cloud core doctor --json"})
final class DoctorCommand implements Callable<Integer> {

  private final Context context;

  DoctorCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = context.settings();
    var findings = new ArrayList<Finding>();
    findings.add(Finding.good("mode", settings.mode().text()));
    var database = DatabaseFindings.of(settings);
    findings.addAll(database.findings());
    if (settings.mode() == Mode.LOCAL) {
      findings.addAll(WorkerFindings.of(settings, context.engine()));
    }
    findings.addAll(context.engine().examine(settings, database.jobQueues()));
    List<Finding> all = List.copyOf(findings);
    context.answer(all, () -> show(all));
    return all.stream().anyMatch(each -> each.standing() == Standing.BAD)
        ? ExitCode.REFUSED
        : ExitCode.DONE;
  }

  private void show(List<Finding> findings) {
    for (Finding each : findings) {
      context.say("%s %-22s %s".formatted(sign(each.standing()), each.subject(), each.text()));
      if (each.remedy() != null) {
        context.say("  %-22s → %s".formatted("", each.remedy()));
      }
    }
    long bad = findings.stream().filter(each -> each.standing() == Standing.BAD).count();
    context.say(
        bad == 0
            ? "nothing is wrong"
            : String.format(Locale.ROOT, "%,d of %,d things are wrong", bad, findings.size()));
  }

  private static String sign(Standing standing) {
    return switch (standing) {
      case GOOD -> "✔";
      case UNKNOWN -> "?";
      case BAD -> "✘";
    };
  }
}
