package dev.core.common.database.embedded;

import dev.core.common.settings.EmbeddedUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;
import org.h2.Driver;
import org.h2.tools.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This process as the host of a database file: it has it open, and serves it to its guests. */
final class Host {
  private static final Logger LOG = LoggerFactory.getLogger(Host.class);

  private final HostFile file;
  private final Connection keeper;
  private final Server server;

  private Host(HostFile file, Connection keeper, Server server) {
    this.file = file;
    this.keeper = keeper;
    this.server = server;
  }

  /**
   * Opens the database and lets guests in; empty if another process is the host.
   *
   * @param login of whoever opens the database; it stays open until the host is closed
   */
  static Optional<Host> claim(EmbeddedUrl url, Path path, Properties login)
      throws SQLException, IOException {
    var claimed = HostFile.claim(path);
    if (claimed.isEmpty()) {
      return Optional.empty();
    }
    var file = claimed.get();
    try {
      return Optional.of(open(url, file, login));
    } catch (SQLException | IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static Host open(EmbeddedUrl url, HostFile file, Properties login)
      throws SQLException, IOException {
    var keeper = new Driver().connect(url.direct(), login);
    try {
      var bytes = new byte[16];
      new SecureRandom().nextBytes(bytes);
      var key = HexFormat.of().formatHex(bytes);
      var server =
          Server.createTcpServer("-tcpPort", "0", "-tcpDaemon", "-key", key, url.name()).start();
      try {
        file.announce(new HostAddress(server.getPort(), key, ProcessHandle.current().pid()));
        return new Host(file, keeper, server);
      } catch (IOException e) {
        server.stop();
        throw e;
      }
    } catch (SQLException | IOException e) {
      keeper.close();
      throw e;
    }
  }

  /**
   * Closes the database. Guests end what they are at first, if that is soon, and then find the next
   * host; what they have not committed is rolled back.
   */
  void close(GuestBook book) {
    try {
      file.silence();
      long start = System.nanoTime();
      new Guests(keeper).awaitEnd(book);
      LOG.debug("waited {} ms for guests", (System.nanoTime() - start) / 1_000_000);
      server.stop();
      keeper.close();
    } catch (SQLException e) {
      // The file is as a kill would leave it, and that is good enough.
      LOG.warn("the embedded database was not closed in order: {}", e.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      release();
    }
  }

  private void release() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
