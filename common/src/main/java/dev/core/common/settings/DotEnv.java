package dev.core.common.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A {@code .env} file: lines {@code NAME=value}, with or without {@code export}, empty lines and
 * comments. A value may stand in single or double quotes; nothing in it is expanded.
 *
 * @param problems lines that are none of these, each as a sentence; they show no values
 */
record DotEnv(Map<String, String> values, List<String> problems) {

  private static final Pattern LINE =
      Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*(.*)");

  /** What the file holds; nothing, if there is none. */
  static DotEnv read(Path file) {
    try {
      return parse(Files.readAllLines(file));
    } catch (NoSuchFileException _) {
      return new DotEnv(Map.of(), List.of());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  static DotEnv parse(List<String> lines) {
    var values = new LinkedHashMap<String, String>();
    var problems = new ArrayList<String>();
    for (int i = 0; i < lines.size(); i++) {
      var line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      var matcher = LINE.matcher(line);
      if (matcher.matches()) {
        values.put(matcher.group(1), unquoted(matcher.group(2)));
      } else {
        problems.add(
            ".env, line " + (i + 1) + " is not a setting; allowed: NAME=value, or # and a comment");
      }
    }
    return new DotEnv(values, problems);
  }

  private static String unquoted(String text) {
    if (!text.isEmpty() && (text.charAt(0) == '"' || text.charAt(0) == '\'')) {
      int end = text.indexOf(text.charAt(0), 1);
      if (end > 0) {
        return text.substring(1, end);
      }
    }
    int comment = text.indexOf(" #");
    return (comment < 0 ? text : text.substring(0, comment)).strip();
  }
}
