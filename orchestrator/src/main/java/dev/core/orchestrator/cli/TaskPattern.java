package dev.core.orchestrator.cli;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds tasks by their key, by a part of it that no other has, or by a pattern with {@code *}. */
final class TaskPattern {

  static final String DESCRIPTION =
      "KEY is a task's key, a part of it that no other has, or a pattern with *.";

  private TaskPattern() {}

  /**
   * @throws Refused if no task is meant, or it is not clear which
   */
  static List<String> find(String text, Collection<String> keys) {
    if (keys.contains(text)) {
      return List.of(text);
    }
    if (text.contains("*")) {
      var pattern =
          Pattern.compile(
              Arrays.stream(text.split("\\*", -1))
                  .map(Pattern::quote)
                  .collect(Collectors.joining(".*")));
      var found = keys.stream().filter(key -> pattern.matcher(key).matches()).toList();
      if (found.isEmpty()) {
        throw Names.unknown("task like", text, keys, "the pipeline has no tasks");
      }
      return found;
    }
    var found = keys.stream().filter(key -> key.contains(text)).toList();
    if (found.size() == 1) {
      return found;
    }
    throw Names.unknown(
        found.isEmpty() ? "task" : "single task for",
        text,
        found.isEmpty() ? keys : found,
        "the pipeline has no tasks");
  }
}
