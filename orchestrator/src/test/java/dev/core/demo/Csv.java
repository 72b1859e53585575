package dev.core.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of comma-separated values, read by the letter of RFC 4180.
 *
 * @param header names of the columns
 */
record Csv(List<String> header, List<List<String>> rows) {

  static Csv read(Path file) throws IOException {
    return of(Files.readString(file));
  }

  static Csv of(String text) {
    var rows = parse(text);
    return new Csv(rows.getFirst(), rows.subList(1, rows.size()));
  }

  /** Each row as values by column. */
  List<Map<String, String>> records() {
    return rows.stream()
        .map(row -> {
          if (row.size() != header.size()) {
            throw new IllegalArgumentException("a row of " + row.size() + " values: " + row);
          }
          Map<String, String> values = new LinkedHashMap<>();
          for (int column = 0; column < row.size(); column++) {
            values.put(header.get(column), row.get(column));
          }
          return values;
        })
        .toList();
  }

  static List<List<String>> parse(String text) {
    var rows = new ArrayList<List<String>>();
    var row = new ArrayList<String>();
    var value = new StringBuilder();
    boolean quoted = false;
    for (int at = 0; at < text.length(); at++) {
      char next = text.charAt(at);
      if (quoted) {
        if (next != '"') {
          value.append(next);
        } else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
          value.append('"');
          at++;
        } else {
          quoted = false;
        }
      } else if (next == '"') {
        quoted = true;
      } else if (next == ',') {
        row.add(value.toString());
        value.setLength(0);
      } else if (next == '\n') {
        row.add(value.toString());
        value.setLength(0);
        rows.add(List.copyOf(row));
        row.clear();
      } else if (next != '\r') {
        value.append(next);
      }
    }
    if (!value.isEmpty() || !row.isEmpty()) {
      row.add(value.toString());
      rows.add(List.copyOf(row));
    }
    return rows;
  }
}
