package dev.core.common.settings;

import java.util.ArrayList;
import java.util.List;

/** The text of {@code .env.template}: every setting with what it is for and its default. */
final class EnvTemplate {
  private static final int WIDTH = 100;

  private EnvTemplate() {}

  static String text() {
    var lines = new ArrayList<String>();
    lines.add("# Copy to .env and change what you need. The environment wins over .env.");
    for (var setting : Setting.values()) {
      lines.add("");
      lines.addAll(wrapped(setting.comment()));
      var value = setting.defaultText();
      lines.add(value == null ? "# " + setting.name() + "=" : setting.name() + "=" + value);
    }
    return String.join("\n", lines) + "\n";
  }

  private static List<String> wrapped(String text) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder("#");
    for (var word : text.split(" ", -1)) {
      if (line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder("#");
      }
      line.append(' ').append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
