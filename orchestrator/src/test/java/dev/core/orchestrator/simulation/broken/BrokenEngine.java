package dev.core.orchestrator.simulation.broken;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An engine with one fault in its source.
 *
 * @param name what is broken, as a sentence
 * @param module of the class
 * @param type the class
 * @param times how often its source has the text
 * @param find the text, whatever its white space
 * @param replacement what stands there instead
 * @param seed that is tried first, since it was seen to catch it
 */
record BrokenEngine(
    String name,
    String module,
    String type,
    int times,
    String find,
    String replacement,
    long seed) {

  private static final String ENGINE = "dev.core.orchestrator.engine.";

  static BrokenEngine engine(String name, String type, String find, String replacement) {
    return new BrokenEngine(name, "orchestrator", ENGINE + type, 1, find, replacement, 1);
  }

  static BrokenEngine store(String name, String type, String find, String replacement) {
    return new BrokenEngine(
        name, "orchestrator", "dev.core.orchestrator.store." + type, 1, find, replacement, 1);
  }

  static BrokenEngine cloud(String name, String type, String find, String replacement) {
    return new BrokenEngine(
        name,
        "orchestrator",
        "dev.core.orchestrator.compute.cloud." + type,
        1,
        find,
        replacement,
        1);
  }

  /** With the text in so many places. */
  BrokenEngine times(int number) {
    return new BrokenEngine(name, module, type, number, find, replacement, seed);
  }

  BrokenEngine knownBy(long known) {
    return new BrokenEngine(name, module, type, times, find, replacement, known);
  }

  static BrokenEngine protocol(String name, String type, String find, String replacement) {
    return new BrokenEngine(
        name, "common", "dev.core.common.protocol.jdbc." + type, 1, find, replacement, 1);
  }

  /** Why it cannot be made any more; empty: it can. */
  Optional<String> problem() throws IOException {
    Matcher place = pattern().matcher(Files.readString(file()));
    return place.results().count() == times
        ? Optional.empty()
        : Optional.of(
            "broken engine '%s': %s does not have this %d times any more: %s"
                .formatted(name, file(), times, find));
  }

  /** Its source with the fault in it. */
  String source() throws IOException {
    return pattern()
        .matcher(Files.readString(file()))
        .replaceAll(Matcher.quoteReplacement(replacement));
  }

  private Path file() {
    return Path.of("..", module, "src", "main", "java").resolve(type.replace('.', '/') + ".java");
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
