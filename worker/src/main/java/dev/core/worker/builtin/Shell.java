package dev.core.worker.builtin;

import static dev.core.common.definition.Datatype.DATASET;
import static dev.core.common.definition.Datatype.JSON;
import static dev.core.common.definition.Datatype.STRING;
import static dev.core.common.variables.VariableStructure.optional;
import static dev.core.common.variables.VariableStructure.optionalOutput;
import static dev.core.common.variables.VariableStructure.required;
import static dev.core.common.variables.VariableStructure.withDefault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.core.common.json.Json;
import dev.core.common.settings.Setting;
import dev.core.worker.transformation.ChildPrograms.ChildProgram;
import dev.core.worker.transformation.ChildPrograms.Stream;
import dev.core.worker.transformation.ConfigurationFault;
import dev.core.worker.transformation.Transformation;
import dev.core.worker.transformation.TransformationContext;
import dev.core.worker.transformation.TransformationDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs a command line of the shell. Its lines are the task's log; an exit code other than 0 is a
 * failure. It finds its place in the environment: {@code CORE_INPUT_<ALIAS>} and {@code
 * CORE_OUTPUT_<DATASET>} are folders, {@code CORE_RESULT} is a file to leave a JSON result in.
 */
public final class Shell implements Transformation {

  private static final TransformationDescription DESCRIPTION =
      TransformationDescription.of(
              "shell",
              "Runs a command with /bin/sh. Folders of datasets are in CORE_INPUT_<ALIAS> and"
                  + " CORE_OUTPUT; JSON left in the file CORE_RESULT is the result.")
          .with("command", required(STRING, "the command line"))
          .with("env", optional(JSON, "environment variables: an object of texts"))
          .with(
              "secrets",
              optional(
                  JSON,
                  "environment variables with values of secrets: an object of their names, with"
                      + " #key for a member, such as {\"PASSWORD\": \"sftp/partner/read#password\"}"))
          .with("inputs", optional(DATASET, "datasets to read"))
          .with("output", optionalOutput("dataset to write"))
          .with(
              "output_format",
              withDefault(STRING, "what the files of the output are", "files")
                  .oneOf("files", "parquet", "csv", "json"));

  @Override
  public TransformationDescription description() {
    return DESCRIPTION;
  }

  @Override
  public void run(TransformationContext context) throws Exception {
    var environment = new TreeMap<String, String>();
    // The worker may have them from its own environment; a command gets them only if it is told.
    Arrays.stream(Setting.values())
        // A URL may hold a login.
        .filter(setting -> setting.isSecret() || setting == Setting.CORE_DATABASE_URL)
        .forEach(secret -> environment.put(secret.name(), ""));
    environment.put("CORE_RUN_ID", String.valueOf(context.order().runId()));
    environment.put("CORE_TASK_KEY", context.order().taskKey());
    environment.put("CORE_LOGICAL_DATE", context.logicalDate().toString());
    environment.put("CORE_PARTITION", String.valueOf(context.partition()));
    environment.put("CORE_PARTITIONS", String.valueOf(context.partitions()));
    for (var input : context.inputs().values()) {
      environment.put("CORE_INPUT_" + name(input.alias()), input.folder().toString());
    }
    if (context.writes("output")) {
      var output = context.output("output");
      environment.put("CORE_OUTPUT", output.folder().toString());
      environment.put("CORE_OUTPUT_" + name(output.dataset()), output.folder().toString());
    }
    environment.putAll(texts(context, "env"));
    texts(context, "secrets")
        .forEach((variable, name) -> environment.put(variable, secret(context, variable, name)));
    var directory = context.scratch();
    var result = directory.resolve(".result.json");
    environment.put("CORE_RESULT", result.toString());

    var lastError = new AtomicReference<String>("");
    var logger = context.logger();
    var command = List.of("/bin/sh", "-c", context.variables().string("command"));
    int exit =
        context.run(
            new ChildProgram(command, environment, directory),
            (stream, line) -> {
              if (stream == Stream.ERR && !line.isBlank()) {
                lastError.set(line.strip());
              }
              logger.info("{}", line);
            });
    if (exit != 0) {
      throw new CommandFailed(exit, lastError.get());
    }
    leave(context, result);
  }

  private static void leave(TransformationContext context, Path result) throws IOException {
    var text = Files.exists(result) ? Files.readString(result) : "";
    if (!text.isBlank()) {
      try {
        context.result(Json.tree(text));
      } catch (Json.MalformedJson e) {
        throw new IOException(
            "what the command left in CORE_RESULT is not JSON: " + e.getMessage(), e);
      }
    }
    if (context.writes("output")) {
      context.output("output").written(context.variables().string("output_format"));
    }
  }

  private static Map<String, String> texts(TransformationContext context, String variable) {
    if (!context.variables().has(variable)) {
      return Map.of();
    }
    var env = context.variables().json(variable);
    if (!env.isObject() || !env.valueStream().allMatch(JsonNode::isValueNode)) {
      throw new ConfigurationFault(
          "variable '%s' must be a JSON object of texts, but is %s".formatted(variable, env));
    }
    var own = new TreeMap<String, String>();
    env.propertyStream().forEach(entry -> own.put(entry.getKey(), entry.getValue().asText()));
    return own;
  }

  private static String secret(TransformationContext context, String variable, String name) {
    int sign = name.indexOf('#');
    if (sign < 0) {
      return context.secretNamed(name);
    }
    String secret = name.substring(0, sign);
    String key = name.substring(sign + 1);
    String value = context.secretNamed(secret);
    try {
      var member = Json.tree(value).path(key);
      if (member.isValueNode() && !member.isNull()) {
        return member.asText();
      }
    } catch (Json.MalformedJson _) {
      // Its message quotes the value.
    }
    throw new ConfigurationFault(
        "variable 'secrets': secret '%s' has no key '%s', which %s is to have"
            .formatted(secret, key, variable));
  }

  private static String name(String alias) {
    return alias.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  /** The command ended with something else than 0. */
  static final class CommandFailed extends Exception {
    CommandFailed(int exit, String lastError) {
      super("the command exited with " + exit + (lastError.isEmpty() ? "" : ": " + lastError));
    }
  }
}
