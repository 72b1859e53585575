package dev.core.worker.builtin;

import dev.core.common.storage.DuckSession;
import dev.core.worker.transformation.ConfigurationFault;
import dev.core.worker.transformation.Variables;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How delimited text is made up.
 *
 * @param quote empty: nothing is quoted
 * @param skipLines before the header or the first record
 */
record Delimited(String delimiter, String quote, boolean header, int skipLines) {

  static Delimited of(Variables variables) {
    var delimiter =
        switch (variables.string("delimiter")) {
          case "\\t", "tab" -> "\t";
          case String other -> other;
        };
    var quote = variables.string("quote");
    if (delimiter.isEmpty() || delimiter.getBytes(StandardCharsets.UTF_8).length > 4) {
      throw new ConfigurationFault(
          "variable 'delimiter' must be one to four characters, but is '" + delimiter + "'");
    }
    if (quote.length() > 1) {
      throw new ConfigurationFault(
          "variable 'quote' must be one character or empty, but is '" + quote + "'");
    }
    long skip = variables.integer("skip_lines");
    if (skip < 0 || skip > 1_000_000) {
      throw new ConfigurationFault("variable 'skip_lines' must be 0 to 1000000, but is " + skip);
    }
    return new Delimited(delimiter, quote, variables.bool("header"), (int) skip);
  }

  /** The names in the header; without one the positions of the fields, from 1. */
  List<String> columns(Path file) throws IOException {
    // Bytes that are no UTF-8 are told of later, with their line.
    var in = new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8);
    try (var reader = new BufferedReader(in)) {
      for (int i = 0; i < skipLines; i++) {
        if (reader.readLine() == null) {
          return List.of();
        }
      }
      var fields = firstRecord(reader);
      return header
          ? fields
          : IntStream.rangeClosed(1, fields.size()).mapToObj(String::valueOf).toList();
    }
  }

  /** A call of {@code read_csv} that gives every field as text by the names p1, p2 … */
  String relation(Path file, int width, String rejects) {
    var columns =
        IntStream.rangeClosed(1, width)
            .mapToObj(i -> "'p" + i + "': 'VARCHAR'")
            .collect(Collectors.joining(", ", "{", "}"));
    return "read_csv(%s, auto_detect = false, columns = %s, header = %s, skip = %d, delim = %s,"
            .formatted(
                DuckSession.literal(DuckSession.pattern(file)),
                columns,
                header,
                skipLines,
                DuckSession.literal(delimiter))
        + " quote = %1$s, escape = %1$s, allow_quoted_nulls = false, compression = 'none',"
            .formatted(DuckSession.literal(quote))
        + " max_line_size = 16777216, store_rejects = true, rejects_table = '%1$s',"
            .formatted(rejects)
        + " rejects_scan = '"
        + rejects
        + "_scan')";
  }

  private List<String> firstRecord(BufferedReader reader) throws IOException {
    var fields = new ArrayList<String>();
    var text = new StringBuilder();
    boolean quoted = false;
    while (true) {
      var line = reader.readLine();
      if (line == null) {
        break;
      }
      for (int i = 0; i < line.length(); i++) {
        if (!quote.isEmpty() && line.charAt(i) == quote.charAt(0)) {
          boolean doubled = quoted && line.startsWith(quote, i + 1);
          if (doubled) {
            text.append(quote);
            i++;
          } else {
            quoted = !quoted;
          }
        } else if (!quoted && line.startsWith(delimiter, i)) {
          fields.add(text.toString());
          text.setLength(0);
          i += delimiter.length() - 1;
        } else {
          text.append(line.charAt(i));
        }
      }
      boolean blank = fields.isEmpty() && text.isEmpty();
      if (!quoted && !blank) {
        break;
      }
      if (quoted) {
        text.append('\n');
      }
    }
    fields.add(text.toString());
    return fields.stream().map(name -> name.replace("\uFEFF", "").strip()).toList();
  }
}
