package dev.core.common.configuration.yaml;

import dev.core.common.variables.Quoted;
import java.util.List;

/** A piece of a YAML document with the line where it begins, from 1. */
sealed interface YamlNode {

  int line();

  /** In order; keys are unique. */
  record Mapping(int line, List<Entry> entries) implements YamlNode {
    public Mapping {
      entries = List.copyOf(entries);
    }
  }

  record Entry(int line, String key, YamlNode value) {}

  record Sequence(int line, List<YamlNode> items) implements YamlNode {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /**
   * @param text as it was written, whatever its type might be
   * @param isText whether YAML takes it for a text, and not for a number or a boolean
   */
  record Scalar(int line, String text, boolean isText) implements YamlNode {}

  /** Nothing, {@code ~} or {@code null}. */
  record Absent(int line) implements YamlNode {}

  /** For messages. */
  default String shown() {
    return switch (this) {
      case Mapping _ -> "a mapping";
      case Sequence _ -> "a list";
      case Scalar(_, var text, _) -> "the text " + Quoted.text(text);
      case Absent _ -> "nothing";
    };
  }
}
