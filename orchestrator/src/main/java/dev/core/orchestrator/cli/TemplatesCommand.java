package dev.core.orchestrator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.core.common.configuration.ConfigurationStore;
import dev.core.common.configuration.PipelineStateType;
import dev.core.common.configuration.TransformationTemplate;
import dev.core.common.json.Json;
import dev.core.orchestrator.presentation.Text;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code core templates}: the kinds of work. */
@Command(
    name = "templates",
    description = "List templates, show one, or publish those that the workers know.",
    footer = {"  core templates", "  core templates show sql", "  core templates sync"})
final class TemplatesCommand implements Callable<Integer> {

  private final Context context;

  TemplatesCommand(Context context) {
    this.context = context;
  }

  @JsonNaming(SnakeCaseStrategy.class)
  private record Template(
      String name,
      @Nullable String description,
      @Nullable String stateType,
      JsonNode variableStructures,
      BigDecimal vcpus,
      int memoryMib,
      int timeoutSeconds,
      int attempts,
      int retryDelaySeconds,
      @Nullable String image,
      @Nullable String jobQueue,
      @Nullable String partitions) {}

  @Override
  public Integer call() {
    return list();
  }

  @Command(
      description = "List the templates of the store.",
      footer = {"  core templates list", "  core templates list --json | jq -r '.[].name'"})
  int list() {
    var templates = templates();
    context.answer(templates, () -> table(templates));
    return ExitCode.DONE;
  }

  @Command(
      description = "Show a template with its variables.",
      footer = {"  core templates show sql"})
  int show(@Parameters(paramLabel = "TEMPLATE", description = "Its name.") String name) {
    var templates = templates();
    var template =
        templates.stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(() ->
                Names.unknown(
                    "template",
                    name,
                    templates.stream().map(Template::name).toList(),
                    "core templates sync publishes what the workers know"));
    context.answer(template, () -> show(template));
    return ExitCode.DONE;
  }

  @Command(
      description = {
        "Publish what the workers of this installation can run: names, texts and variables.",
        "Resources of templates that exist stay as they are."
      },
      footer = {"  core templates sync --dry-run", "  core templates sync"})
  int sync(
      @Option(names = "--dry-run", description = "Say what would change and change nothing.")
          boolean dryRun)
      throws InterruptedException {
    var published = TemplateSync.read(context.engine().transformations(context.settings()));
    var result =
        context
            .configuration()
            .jdbi()
            .inTransaction(handle -> {
              var store = new ConfigurationStore(handle, context.settings().actor());
              var done = new TemplateSync(store).publish(published);
              if (dryRun) {
                handle.rollback();
              }
              return done;
            });
    context.answer(result, () -> tell(result, dryRun));
    return ExitCode.DONE;
  }

  private void tell(TemplateSync.Result result, boolean dryRun) {
    say("created", result.created());
    say("changed", result.changed());
    say("unchanged", result.unchanged());
    say("not known to the workers, left alone", result.unknown());
    if (dryRun) {
      context.say("nothing was changed; without --dry-run it will be");
    }
  }

  private void say(String what, List<String> names) {
    if (!names.isEmpty()) {
      context.say(what + ": " + String.join(", ", names));
    }
  }

  private List<Template> templates() {
    return context
        .configuration()
        .jdbi()
        .withHandle(handle -> {
          var store = new ConfigurationStore(handle, context.settings().actor());
          var states =
              store.pipelineStateTypes().list().stream()
                  .collect(Collectors.toMap(PipelineStateType::id, PipelineStateType::name));
          return store.transformationTemplates().list().stream()
              .map(row -> template(row, states))
              .toList();
        });
  }

  private static Template template(TransformationTemplate row, Map<Long, String> states) {
    return new Template(
        row.name(),
        row.description(),
        row.pipelineStateTypeId() == null ? null : states.get(row.pipelineStateTypeId()),
        Json.tree(row.variableStructures()),
        row.vcpus(),
        row.memoryMib(),
        row.timeoutSeconds(),
        row.attempts(),
        row.retryDelaySeconds(),
        row.image(),
        row.jobQueue(),
        row.partitions());
  }

  private void table(List<Template> templates) {
    if (templates.isEmpty()) {
      context.say(
          "there are no templates yet; core templates sync publishes what the workers know");
      return;
    }
    var table = Table.of("TEMPLATE", "STATE", ">VARIABLES", ">VCPUS", ">MIB", ">ATTEMPTS", "DOES");
    for (var template : templates) {
      table.row(
          template.name(),
          template.stateType() == null ? "any" : template.stateType(),
          template.variableStructures().size(),
          template.vcpus().stripTrailingZeros().toPlainString(),
          template.memoryMib(),
          template.attempts(),
          template.description());
    }
    context.say(table);
  }

  private void show(Template template) {
    context.say(
        template.name()
            + (template.stateType() == null ? "" : ", only in " + template.stateType()));
    if (template.description() != null) {
      context.say(Text.printable(template.description()));
    }
    context.say(
        "%s vCPUs, %d MiB, %d attempts %ds apart, timeout %ds%s%s%s"
            .formatted(
                template.vcpus().stripTrailingZeros().toPlainString(),
                template.memoryMib(),
                template.attempts(),
                template.retryDelaySeconds(),
                template.timeoutSeconds(),
                template.image() == null ? "" : ", image " + template.image(),
                template.jobQueue() == null ? "" : ", job queue " + template.jobQueue(),
                template.partitions() == null ? "" : ", partitions " + template.partitions()));
    var table = Table.of("VARIABLE", "DATATYPE", "DEFAULT", "DESCRIPTION");
    for (var variable : template.variableStructures().properties()) {
      var structure = variable.getValue();
      table.row(
          variable.getKey(),
          structure.path("datatype").asText()
              + (structure.path("direction").asText().equals("output") ? " (output)" : ""),
          structure.has("default")
              ? structure.path("default").asText()
              : structure.path("required").asBoolean(true) ? "(must be set)" : "",
          structure.path("description").asText());
    }
    context.say("");
    context.say(table);
  }
}
