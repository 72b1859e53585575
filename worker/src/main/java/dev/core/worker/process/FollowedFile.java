package dev.core.worker.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file that somebody else is still writing, each once, as soon as it is complete.
 * The file is removed at the end. For one thread.
 */
final class FollowedFile implements AutoCloseable {

  private static final int PIECE = 16 * 1024;

  private final Path file;
  private final Consumer<String> lines;
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private @Nullable FileChannel channel;

  /**
   * @param file need not exist yet
   */
  FollowedFile(Path file, Consumer<String> lines) {
    this.file = file;
    this.lines = lines;
  }

  /** Passes complete lines on; says whether anything was there. */
  boolean read() throws IOException {
    var open = channel;
    if (open == null) {
      // Most children write nothing: their files need not even be opened.
      if (!Files.exists(file) || Files.size(file) == 0) {
        return false;
      }
      open = FileChannel.open(file, StandardOpenOption.READ);
      channel = open;
    }
    if (open.size() == open.position()) {
      return false;
    }
    var piece = ByteBuffer.allocate(PIECE);
    while (open.read(piece.clear()) > 0) {
      split(piece.flip());
    }
    return true;
  }

  /** Passes on all that is left, also a line without an end. */
  void readToEnd() throws IOException {
    var _ = read();
    if (begun.size() > 0) {
      pass();
    }
  }

  private void split(ByteBuffer piece) {
    while (piece.hasRemaining()) {
      byte next = piece.get();
      if (next == '\n') {
        pass();
      } else {
        begun.write(next);
      }
    }
  }

  private void pass() {
    var text = begun.toString(StandardCharsets.UTF_8);
    begun.reset();
    lines.accept(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
  }

  @Override
  public void close() throws IOException {
    try (var open = channel) {
      channel = null;
      Files.deleteIfExists(file);
    }
  }
}
