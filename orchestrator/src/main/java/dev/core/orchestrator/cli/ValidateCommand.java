package dev.core.orchestrator.cli;

import dev.core.common.configuration.validation.ConfigurationSnapshot;
import dev.core.common.configuration.validation.ConfigurationValidation;
import dev.core.common.configuration.validation.Problem;
import dev.core.orchestrator.presentation.Text;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code core validate}: everything that is wrong with the configuration. */
@Command(
    name = "validate",
    description = {
      "List all that is wrong with the configuration, with table, row and remedy.",
      "Exit code 1 if there are errors; warnings alone are no error."
    },
    footer = {
      "  core validate",
      "  core validate flight_delays",
      "  core validate --json | jq length"
    })
final class ValidateCommand implements Callable<Integer> {

  private final Context context;

  @Parameters(
      arity = "0..1",
      paramLabel = "PIPELINE",
      description = "Only this pipeline and what it uses.")
  private @Nullable String pipeline;

  ValidateCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    var problems = problems(pipeline);
    context.answer(problems, () -> show(problems));
    return problems.stream().anyMatch(Problem::isError) ? ExitCode.REFUSED : ExitCode.DONE;
  }

  private List<Problem> problems(@Nullable String name) {
    if (name != null) {
      context.definition(name);
    }
    var snapshot = context.database().jdbi().withHandle(ConfigurationSnapshot::read);
    return name == null
        ? ConfigurationValidation.validate(snapshot, context.settings().sizes())
        : ConfigurationValidation.validatePipeline(snapshot, name, context.settings().sizes());
  }

  private void show(List<Problem> problems) {
    for (var problem : problems) {
      context.say(
          "%s %s %d (%s)%s"
              .formatted(
                  problem.isError()
                      ? context.console().dress("✘ error", Style.BAD)
                      : context.console().dress("! warning", Style.WARNING),
                  problem.table(),
                  problem.rowId(),
                  problem.rowName(),
                  problem.column() == null ? "" : ", " + problem.column()));
      context.say("    " + Text.printable(problem.message()));
      context.say("    " + Text.printable(problem.remedy()));
    }
    var errors = problems.stream().filter(Problem::isError).count();
    context.say(
        problems.isEmpty()
            ? "nothing is wrong"
            : "%s, %s"
                .formatted(
                    Text.many(errors, "error"), Text.many(problems.size() - errors, "warning")));
  }
}
