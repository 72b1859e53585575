package dev.core.orchestrator.compute.local;

import dev.core.orchestrator.compute.ComputeBackend.LogPage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The log file of a job, read in pages; the cursor is the number of bytes read so far. */
final class LocalLog {

  private static final int PAGE = 256 * 1024;

  private LocalLog() {}

  /**
   * @param ended whether nothing more is written: then a last line without an end is a line too
   */
  static LogPage page(Path file, @Nullable String cursor, boolean ended) throws IOException {
    long start = cursor == null ? 0 : Long.parseLong(cursor);
    if (!Files.exists(file)) {
      return new LogPage(List.of(), String.valueOf(start));
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      var bytes = read(channel, start);
      boolean isAll = start + bytes.length >= channel.size();
      int end = lastLineEnd(bytes);
      // A line longer than a page is given in pieces: waiting for its end would be for ever.
      if (end == 0 || (ended && isAll)) {
        end = ended || bytes.length == PAGE ? bytes.length : end;
      }
      var text = new String(bytes, 0, end, StandardCharsets.UTF_8);
      return new LogPage(lines(text), String.valueOf(start + end));
    }
  }

  private static byte[] read(FileChannel channel, long start) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var buffer = ByteBuffer.allocate(PAGE);
    while (buffer.hasRemaining() && channel.read(buffer, start + buffer.position()) > 0) {}
    bytes.write(buffer.array(), 0, buffer.position());
    return bytes.toByteArray();
  }

  private static int lastLineEnd(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  private static List<String> lines(String text) {
    return new ArrayList<>(text.lines().toList());
  }
}
