package dev.core.common.configuration.yaml;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A thing of a file with the things below it.
 *
 * @param line where it begins
 * @param values by column, without those that it inherits; absent: the default
 * @param lines where the values stand
 */
record Item(
    Section section,
    int line,
    Map<String, @Nullable String> values,
    Map<String, Integer> lines,
    List<Item> children) {

  Item {
    values = Collections.unmodifiableMap(new HashMap<>(values));
    lines = Map.copyOf(lines);
    children = List.copyOf(children);
  }

  int line(String column) {
    return lines.getOrDefault(column, line);
  }
}
