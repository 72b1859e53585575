package dev.core.common.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import dev.core.common.json.Json;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A local file of secrets, by their paths: a JSON object if its name ends in {@code .json}, whose
 * values are texts or JSON, else properties. Read once, when it is first asked.
 */
final class SecretsFile implements SecretSource {
  private final Path file;
  private @Nullable Map<String, String> values;

  SecretsFile(Path file) {
    this.file = file;
  }

  /**
   * @throws IllegalArgumentException if the file is not such a file; says why without showing any
   *     of it
   */
  @Override
  public Optional<String> find(Secret secret) {
    return Optional.ofNullable(values().get(secret.path()));
  }

  private synchronized Map<String, String> values() {
    var known = values;
    if (known == null) {
      known = read(file);
      values = known;
    }
    return known;
  }

  @Override
  public String description() {
    return file.toString();
  }

  private static Map<String, String> read(Path file) {
    try {
      var text = Files.readString(file);
      return file.toString().endsWith(".json") ? json(file, text) : properties(text);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read CORE_SECRETS_FILE " + file, e);
    }
  }

  private static Map<String, String> json(Path file, String text) {
    JsonNode tree;
    try {
      tree = Json.tree(text);
    } catch (Json.MalformedJson _) {
      // Its message quotes the file.
      throw new IllegalArgumentException("CORE_SECRETS_FILE " + file + " is not JSON");
    }
    if (!tree.isObject()) {
      throw new IllegalArgumentException(
          "CORE_SECRETS_FILE "
              + file
              + " must be a JSON object such as {\"dev/sftp/partner/read\": \"…\"}");
    }
    var values = new TreeMap<String, String>();
    for (var entry : tree.properties()) {
      var value = entry.getValue();
      values.put(entry.getKey(), value.isContainerNode() ? Json.write(value) : value.asText());
    }
    return values;
  }

  private static Map<String, String> properties(String text) throws IOException {
    var properties = new Properties();
    properties.load(new StringReader(text));
    var values = new TreeMap<String, String>();
    for (var name : properties.stringPropertyNames()) {
      values.put(name, properties.getProperty(name));
    }
    return values;
  }
}
