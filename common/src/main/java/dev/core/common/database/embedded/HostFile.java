package dev.core.common.database.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The file beside a database that says who hosts it. Its host holds a lock on it, which the
 * operating system takes back when the process ends, so there is at most one host and a dead one is
 * never waited for.
 *
 * <p>A process loses its lock when it closes <em>any</em> handle of a file that it has locked, so
 * within a process all use of one host file is mutually excluded, and a host opens it once. Nothing
 * here can be interrupted: that would close the file as well.
 */
final class HostFile implements AutoCloseable {

  /** Beyond what is written, for systems on which nobody can read what is locked. */
  private static final long LOCKED_BYTE = 1L << 40;

  private static final Pattern WRITTEN = Pattern.compile("(\\d+) ([0-9a-f]+) (\\d+)\\R");

  private final RandomAccessFile file;

  private HostFile(RandomAccessFile file) {
    this.file = file;
  }

  /** Makes the calling process the host; empty if another one is. */
  static Optional<HostFile> claim(Path path) throws IOException {
    createFor(path);
    var file = new RandomAccessFile(path.toFile(), "rw");
    try {
      // Held until the file is closed.
      if (file.getChannel().tryLock(LOCKED_BYTE, 1, false) != null) {
        file.setLength(0);
        return Optional.of(new HostFile(file));
      }
    } catch (OverlappingFileLockException e) {
      // Of a class loader beside this one, in the same process.
    } catch (IOException e) {
      file.close();
      throw e;
    }
    file.close();
    return Optional.empty();
  }

  /** What the host has announced; empty while it is not ready, or there is none. */
  static Optional<HostAddress> read(Path path) throws IOException {
    try (var file = new RandomAccessFile(path.toFile(), "r")) {
      var bytes = new byte[200];
      int length = file.read(bytes);
      var written =
          WRITTEN.matcher(new String(bytes, 0, Math.max(0, length), StandardCharsets.US_ASCII));
      return written.matches()
          ? Optional.of(
              new HostAddress(
                  Integer.parseInt(written.group(1)),
                  written.group(2),
                  Long.parseLong(written.group(3))))
          : Optional.empty();
    }
  }

  /** Lets the others in. */
  void announce(HostAddress address) throws IOException {
    var line = "%d %s %d%n".formatted(address.port(), address.key(), address.process());
    file.seek(0);
    file.write(line.getBytes(StandardCharsets.US_ASCII));
  }

  /** From now on the others wait for the next host. */
  void silence() throws IOException {
    file.setLength(0);
  }

  /** Ends the hosting. */
  @Override
  public void close() throws IOException {
    try (file) {
      silence();
    }
  }

  /** Readable by its owner alone: the key opens the database. */
  private static void createFor(Path path) throws IOException {
    if (Files.exists(path)) {
      return;
    }
    try {
      if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        var ownerOnly = PosixFilePermissions.fromString("rw-------");
        Files.createFile(path, PosixFilePermissions.asFileAttribute(ownerOnly));
      }
    } catch (FileAlreadyExistsException e) {
      // Another process was faster.
    }
  }
}
