package dev.core.orchestrator.simulation.broken;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An engine with one fault in its source.
 *
 * @param name what is broken, as a sentence
 * @param module of the class
 * @param type the class
 * @param find text that its source has exactly once, whatever its white space
 * @param replacement what stands there instead
 */
record BrokenEngine(String name, String module, String type, String find, String replacement) {

  private static final String ENGINE = "dev.core.orchestrator.engine.";

  static BrokenEngine engine(String name, String type, String find, String replacement) {
    return new BrokenEngine(name, "orchestrator", ENGINE + type, find, replacement);
  }

  static BrokenEngine store(String name, String type, String find, String replacement) {
    return new BrokenEngine(
        name, "orchestrator", "dev.core.orchestrator.store." + type, find, replacement);
  }

  static BrokenEngine protocol(String name, String type, String find, String replacement) {
    return new BrokenEngine(
        name, "common", "dev.core.common.protocol.jdbc." + type, find, replacement);
  }

  /** Its source with the fault in it. */
  String source() throws IOException {
    Path file =
        Path.of("..", module, "src", "main", "java").resolve(type.replace('.', '/') + ".java");
    String text = Files.readString(file);
    Matcher place = pattern().matcher(text);
    boolean found = place.find();
    if (!found || place.find(place.end())) {
      throw new IllegalStateException(
          "broken engine '%s': %s does not have this exactly once any more:\n%s"
              .formatted(name, file, find));
    }
    return pattern().matcher(text).replaceFirst(Matcher.quoteReplacement(replacement));
  }

  /** However the lines are broken. */
  private Pattern pattern() {
    return Pattern.compile(
        Arrays.stream(find.strip().split("\\s+"))
            .map(Pattern::quote)
            .collect(Collectors.joining("\\s+")));
  }

  @Override
  public String toString() {
    return name;
  }
}
