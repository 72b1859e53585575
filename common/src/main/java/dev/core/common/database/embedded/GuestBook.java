package dev.core.common.database.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which processes are guests that have to be waited for: each holds a shared lock on one file, from
 * before it connects to a host until it has ended. A host that has the file for itself has no such
 * guest, and gets none.
 *
 * <p>As for {@link HostFile}, a process must have the file open once only. For use under a lock.
 */
final class GuestBook implements AutoCloseable {
  private final RandomAccessFile file;
  private @Nullable FileLock lock;

  GuestBook(Path path) throws IOException {
    file = new RandomAccessFile(path.toFile(), "rw");
  }

  /** Whether this process is in it now; if not, the host is about to end. */
  boolean enter() throws IOException {
    if (lock == null) {
      lock = file.getChannel().tryLock(0, 1, true);
    }
    return lock != null;
  }

  /** This process need not be waited for. */
  void leave() throws IOException {
    if (lock != null) {
      lock.release();
      lock = null;
    }
  }

  /** Whether it is empty; then it stays so, until it is closed. For a host, which is not in it. */
  boolean shut() throws IOException {
    if (lock == null) {
      lock = file.getChannel().tryLock(0, 1, false);
    }
    return lock != null;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
