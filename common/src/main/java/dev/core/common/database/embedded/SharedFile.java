package dev.core.common.database.embedded;

import dev.core.common.settings.EmbeddedUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.h2.Driver;
import org.h2.api.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database file as this process uses it: as its host, or as a guest of the process that is.
 * Whoever wants a connection while there is no host becomes it, so any number of processes may open
 * a file at the same moment, and a killed host is replaced as soon as it is dead. Thread-safe.
 */
public final class SharedFile {
  private static final Logger LOG = LoggerFactory.getLogger(SharedFile.class);

  /** Opening a large file after a kill takes its host a while. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration LOOK = Duration.ofMillis(15);

  /** What passes: the host is about to end, or another program has the file open for a moment. */
  private static final Set<Integer> PASSING =
      Set.of(
          ErrorCode.DATABASE_ALREADY_OPEN_1,
          ErrorCode.DATABASE_IS_CLOSED,
          ErrorCode.DATABASE_CALLED_AT_SHUTDOWN);

  private static final Map<Path, SharedFile> IN_USE = new HashMap<>();

  private final EmbeddedUrl url;
  private final Path hostFile;
  private final Set<Use> uses = new LinkedHashSet<>();
  private @Nullable Host host;
  private @Nullable HostWatch watch;

  /** Of the host that is watched. One that is about to end lets in whom it knows, and no other. */
  private @Nullable HostAddress watched;

  private boolean left;

  /** Open as long as the file is used. */
  private @Nullable GuestBook guestBook;

  /** Whether every use bears to lose its connections. */
  private boolean lasting;

  private SharedFile(EmbeddedUrl url) {
    this.url = url;
    this.hostFile = url.file().resolveSibling(url.file().getFileName() + ".host");
  }

  /**
   * Begins to use a file, which is made when it is missing.
   *
   * @param onHostGone called when all connections to a host have become useless
   */
  public static Use use(EmbeddedUrl url, Runnable onHostGone) {
    synchronized (IN_USE) {
      var real = real(url);
      var file = IN_USE.computeIfAbsent(real.file(), _ -> new SharedFile(real));
      var use = file.new Use(onHostGone);
      file.uses.add(use);
      file.leaveGuestBookIfAllLast();
      return use;
    }
  }

  /** One program that shares the file, perhaps with others of the same process. */
  public final class Use implements AutoCloseable {
    private final Runnable onHostGone;
    private boolean lasting;

    private Use(Runnable onHostGone) {
      this.onHostGone = onHostGone;
    }

    /**
     * A new connection; waits while another process is about to become the host.
     *
     * @throws SQLException if the file cannot be opened, or its host lets nobody in for 30 seconds
     */
    public Connection connect(Properties login) throws SQLException {
      return SharedFile.this.connect(login);
    }

    /**
     * From now on the program bears to lose its connections: a host that ends does not wait for it.
     * Commands are waited for.
     */
    public void last() {
      synchronized (IN_USE) {
        lasting = true;
        leaveGuestBookIfAllLast();
      }
    }

    /**
     * Ends the use; call it when the connections are closed. The last one of a process that hosts
     * closes the database, so that another process can be the host.
     */
    @Override
    public void close() {
      synchronized (IN_USE) {
        if (uses.remove(this) && uses.isEmpty()) {
          IN_USE.remove(url.file());
          leave();
        }
      }
    }
  }

  private Connection connect(Properties login) throws SQLException {
    long start = System.nanoTime();
    SQLException lastFailure = null;
    while (System.nanoTime() - start < PATIENCE.toNanos()) {
      switch (door(login)) {
        case Door.Open() -> {
          try {
            return new Driver().connect(url.direct(), login);
          } catch (SQLException e) {
            lastFailure = passing(e);
          }
        }
        case Door.Served(var address) -> {
          try {
            return address.connect(url, login);
          } catch (SQLException e) {
            // The host is ending, or another one listens there by now.
            lastFailure = e;
          }
        }
        case Door.Shut(var failure) -> lastFailure = failure;
      }
      pause();
    }
    throw unavailable(lastFailure);
  }

  /** The way to the data at this moment. */
  private sealed interface Door {
    /** This process hosts. */
    record Open() implements Door {}

    /** Another process does. */
    record Served(HostAddress by) implements Door {}

    /** Another process does, or is about to, and lets nobody in yet. */
    record Shut(@Nullable SQLException failure) implements Door {}
  }

  private synchronized Door door(Properties login) throws SQLException {
    if (left) {
      throw new SQLException("the use of " + url.file() + " has ended", "08003");
    }
    try {
      if (host == null) {
        host = Host.claim(url, hostFile, login).orElse(null);
      }
      if (host != null) {
        guestBook().leave();
        return new Door.Open();
      }
      if (!lasting && !guestBook().enter()) {
        return new Door.Shut(null);
      }
      var known = watched;
      if (known != null) {
        return new Door.Served(known);
      }
      var address = HostFile.read(hostFile);
      if (address.isEmpty()) {
        return new Door.Shut(null);
      }
      watch = HostWatch.of(address.get(), this::hostIsGone);
      watched = address.get();
      return new Door.Served(address.get());
    } catch (ConnectException e) {
      return new Door.Shut(null);
    } catch (SQLException e) {
      return new Door.Shut(passing(e));
    } catch (IOException e) {
      throw new SQLException("cannot lock " + hostFile + ": " + e.getMessage(), "58030", e);
    }
  }

  /** That it goes by itself; any other failure is thrown. */
  private static SQLException passing(SQLException failure) throws SQLException {
    if (PASSING.contains(failure.getErrorCode())) {
      return failure;
    }
    throw failure;
  }

  private GuestBook guestBook() throws IOException {
    var book = guestBook;
    if (book == null) {
      book = new GuestBook(url.file().resolveSibling(url.file().getFileName() + ".guests"));
      guestBook = book;
    }
    return book;
  }

  private synchronized void leaveGuestBookIfAllLast() {
    lasting = uses.stream().allMatch(use -> use.lasting);
    if (lasting && guestBook != null && host == null) {
      try {
        guestBook.leave();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void hostIsGone() {
    List<Use> told;
    synchronized (this) {
      watch = null;
      watched = null;
    }
    synchronized (IN_USE) {
      told = List.copyOf(uses);
    }
    LOG.debug("the host of {} is gone", url.file());
    told.forEach(use -> use.onHostGone.run());
  }

  private synchronized void leave() {
    left = true;
    try {
      if (host != null) {
        host.close(guestBook());
        host = null;
      }
      if (watch != null) {
        watch.close();
        watch = null;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      closeGuestBook();
    }
  }

  private void closeGuestBook() {
    if (guestBook != null) {
      try {
        guestBook.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private synchronized SQLException unavailable(@Nullable SQLException lastFailure) {
    String held;
    try {
      held =
          HostFile.read(hostFile)
              .map(at -> "process %d, which serves it, does not answer".formatted(at.process()))
              .orElse("another process holds it and lets nobody in");
    } catch (IOException e) {
      held = e.toString();
    }
    var unavailable =
        new SQLException(
            "the database %s could not be opened for %d s: %s"
                .formatted(url.file(), PATIENCE.toSeconds(), held),
            "08001");
    if (lastFailure != null) {
      unavailable.addSuppressed(lastFailure);
    }
    return unavailable;
  }

  private static void pause() throws SQLException {
    try {
      Thread.sleep(LOOK);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted while waiting for a database file", "08001", e);
    }
  }

  /** By its real path, so that one file is one, by whatever links it is reached. */
  private static EmbeddedUrl real(EmbeddedUrl url) {
    try {
      var folder = url.file().resolveSibling("");
      Files.createDirectories(folder);
      return url.at(folder.toRealPath().resolve(url.file().getFileName()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the folder of " + url.file(), e);
    }
  }
}
