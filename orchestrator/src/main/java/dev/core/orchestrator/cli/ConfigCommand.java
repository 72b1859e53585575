package dev.core.orchestrator.cli;

import dev.core.common.configuration.yaml.ConfigurationYaml;
import dev.core.common.configuration.yaml.Difference;
import dev.core.common.configuration.yaml.FileText;
import dev.core.common.configuration.yaml.ImportResult;
import dev.core.common.configuration.yaml.YamlProblem;
import dev.core.common.variables.Checked;
import dev.core.orchestrator.presentation.Text;
import dev.core.orchestrator.store.PipelineQueries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code core config}: the store as a file. */
@Command(
    name = "config",
    description = "Write the configuration to a YAML file, or bring one in.",
    footer = {"  core config export > core.yaml", "  core config import core.yaml --dry-run"})
final class ConfigCommand implements Runnable {

  private final Context context;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the specification before anything runs
  ConfigCommand(Context context) {
    this.context = context;
  }

  private record Exported(String yaml) {}

  private record Imported(
      boolean written, List<Difference> differences, List<YamlProblem> warnings) {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say which: export or import");
  }

  @Command(
      description = "Print the configuration as YAML; importing it gives the same file back.",
      footer = {
        "  core config export > core.yaml",
        "  core config export --pipeline flight_delays"
      })
  int export(
      @Nullable
          @Option(
              names = "--pipeline",
              paramLabel = "PIPELINE",
              description = "Only this one and what it needs; may be repeated.")
          List<String> pipelines) {
    var names = pipelines == null ? List.<String>of() : pipelines;
    names.forEach(this::known);
    var yaml = names.isEmpty() ? yaml().export() : yaml().export(names);
    context.answer(
        new Exported(yaml),
        () -> {
          context.console().out().print(yaml);
          context.console().out().flush();
        });
    return ExitCode.DONE;
  }

  @Command(
      name = "import",
      description = {
        "Bring in a YAML file: create and change what it holds, all of it or nothing.",
        "What the file does not mention stays as it is."
      },
      footer = {"  core config import core.yaml --dry-run", "  core config import core.yaml"})
  int bringIn(
      @Parameters(paramLabel = "FILE", description = "As core config export writes it.") Path file,
      @Option(names = "--dry-run", description = "Show the differences and change nothing.")
          boolean dryRun) {
    var text = read(file);
    var result = dryRun ? yaml().preview(text) : yaml().apply(text, context.settings().actor());
    return switch (result) {
      case ImportResult.Accepted(var differences, var warnings) -> {
        context.answer(
            new Imported(!dryRun, differences, warnings),
            () -> accepted(differences, warnings, dryRun));
        yield ExitCode.DONE;
      }
      case ImportResult.Refused(var problems) ->
          throw refused(file, problems.stream().map(YamlProblem::toString).toList());
    };
  }

  private static Refused refused(Path file, List<String> problems) {
    return Refused.because("%s cannot be imported; nothing was changed:".formatted(file), problems);
  }

  private void accepted(List<Difference> differences, List<YamlProblem> warnings, boolean dryRun) {
    warnings.forEach(warning -> context.say("warning: " + warning));
    context.say(Text.printable(Difference.text(differences)).stripTrailing());
    if (dryRun && !differences.isEmpty()) {
      context.say("nothing was changed; without --dry-run it will be");
    }
  }

  private ConfigurationYaml yaml() {
    return new ConfigurationYaml(context.configuration().jdbi(), context.configuration().dialect());
  }

  private void known(String pipeline) {
    var names = new PipelineQueries(context.configuration().jdbi()).names();
    if (!names.contains(pipeline)) {
      throw Names.unknown("pipeline", pipeline, names, "core config import FILE brings some in");
    }
  }

  private String read(Path file) {
    var path = context.directory().resolve(file);
    try (var in = Files.newInputStream(path)) {
      return switch (FileText.of(in.readNBytes(FileText.MOST_BYTES + 1))) {
        case Checked.Valid<String>(var text) -> text;
        case Checked.Invalid<String>(var problems) -> throw refused(file, problems);
      };
    } catch (NoSuchFileException e) {
      throw new Refused("there is no file " + path.toAbsolutePath(), e);
    } catch (IOException e) {
      throw new Refused("cannot read %s: %s".formatted(path.toAbsolutePath(), e.getMessage()), e);
    }
  }
}
