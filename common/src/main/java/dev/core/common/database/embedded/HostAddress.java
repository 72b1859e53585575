package dev.core.common.database.embedded;

import dev.core.common.settings.EmbeddedUrl;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.h2.engine.ConnectionInfo;
import org.h2.engine.SessionRemote;
import org.h2.jdbc.JdbcConnection;
import org.h2.message.DbException;

/**
 * Where a host listens.
 *
 * @param key that it asks for; whoever knows it has the database, so it is in no address that is
 *     printed
 * @param process its id
 */
record HostAddress(int port, String key, long process) {

  /**
   * A connection to the host. As for the connections of the host itself, its address is that of the
   * file.
   */
  Connection connect(EmbeddedUrl url, Properties login) throws SQLException {
    try {
      var information = new ConnectionInfo(url.direct(), login, null, null);
      information.setServerKey("127.0.0.1:%d/%s".formatted(port, key));
      var user = information.getUserName();
      var session = new SessionRemote(information).connectEmbeddedOrServer(false);
      return new JdbcConnection(session, user, url.direct());
    } catch (DbException e) {
      throw e.getSQLException();
    }
  }

  @Override
  public String toString() {
    return "process %d at port %d".formatted(process, port);
  }
}
