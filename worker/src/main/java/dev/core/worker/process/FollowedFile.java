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

/**
 * The lines of a file that somebody else is still writing, each once, as soon as it is complete.
 * The file is removed at the end. For one thread.
 */
final class FollowedFile implements AutoCloseable {

  private static final int PIECE = 16 * 1024;

  private final Path file;
  private final Consumer<String> lines;
  private final FileChannel channel;
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

  /** Makes the file. */
  FollowedFile(Path file, Consumer<String> lines) throws IOException {
    this.file = file;
    this.lines = lines;
    this.channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.READ,
            StandardOpenOption.TRUNCATE_EXISTING);
  }

  /** Passes complete lines on; says whether anything was there. */
  boolean read() throws IOException {
    // The size is asked first: most children write nothing, and need no buffer.
    if (channel.size() == channel.position()) {
      return false;
    }
    var piece = ByteBuffer.allocate(PIECE);
    while (channel.read(piece.clear()) > 0) {
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
    channel.close();
    Files.deleteIfExists(file);
  }
}
