package dev.core.worker.builtin;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * On which lines of a delimited file its records begin, for messages to people. Read only when
 * there is something to tell.
 */
final class RecordLines {

  private final Map<Long, Long> ofRecords = new TreeMap<>();
  private final Map<Long, Long> ofRefused = new TreeMap<>();
  private final Set<Long> wanted;
  private final Set<Long> refused;
  private long accepted;

  private RecordLines(Set<Long> wanted, Set<Long> refused) {
    this.wanted = wanted;
    this.refused = refused;
  }

  /**
   * @param width 1: an empty line is a record
   * @param wanted numbers, from 1, of records that could be read
   * @param refused positions in bytes of those that could not
   */
  static RecordLines scan(
      Path file, Delimited layout, int width, Set<Long> wanted, Set<Long> refused)
      throws IOException {
    var lines = new RecordLines(wanted, refused);
    var delimiter = layout.delimiter().getBytes(StandardCharsets.UTF_8);
    int fieldEnd = delimiter[delimiter.length - 1];
    int quote = layout.quote().isEmpty() ? -1 : layout.quote().charAt(0);
    long offset = 0;
    long line = 1;
    long start = 0;
    long startLine = 1;
    long skip = layout.skipLines();
    boolean header = layout.header();
    boolean quoted = false;
    boolean empty = true;
    int before = '\n';
    try (var in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      while (true) {
        int c = in.read();
        boolean ends = c < 0 || c == '\n' && (!quoted || skip > 0);
        if (ends) {
          if (skip > 0) {
            skip--;
            quoted = false;
          } else if (!empty || width == 1 && c >= 0) {
            if (header) {
              header = false;
            } else {
              lines.record(start, startLine);
            }
          }
          if (c < 0) {
            return lines;
          }
          start = offset + 1;
          startLine = line + 1;
          empty = true;
        } else if (c != '\r') {
          empty = false;
          if (c == quote && (quoted || before == '\n' || before == fieldEnd || before == quote)) {
            quoted = !quoted;
          }
        }
        line += c == '\n' ? 1 : 0;
        before = c;
        offset++;
      }
    }
  }

  /** The line of a record that could be read. */
  long line(long record) {
    return ofRecords.getOrDefault(record, 0L);
  }

  /** The line of one that could not, by its position. */
  long refusedLine(long position) {
    return ofRefused.getOrDefault(position, 0L);
  }

  private void record(long start, long line) {
    // DuckDB counts from 1 after a line feed, and from 0 after a carriage return and a line feed.
    for (long position = start; position <= start + 1; position++) {
      if (refused.contains(position)) {
        ofRefused.put(position, line);
        return;
      }
    }
    accepted++;
    if (wanted.contains(accepted)) {
      ofRecords.put(accepted, line);
    }
  }
}
