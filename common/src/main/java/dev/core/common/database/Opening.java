package dev.core.common.database;

import com.zaxxer.hikari.HikariDataSource;
import dev.core.common.database.embedded.SharedFile;
import dev.core.common.settings.DatabaseSettings;
import dev.core.common.settings.EmbeddedUrl;
import dev.core.migrations.DirectDataSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A pool over the database that settings name.
 *
 * @param last says to a file that is shared with other processes that this program bears to lose
 *     its connections
 * @param close lets go of that file as well
 */
record Opening(HikariDataSource pool, Runnable last, Runnable close) {

  static {
    // Read once by H2 when it is loaded; the default would listen on every address.
    if (System.getProperty("h2.bindAddress") == null) {
      System.setProperty("h2.bindAddress", "127.0.0.1");
    }
  }

  /**
   * @param again the settings as they are now, asked for when the login is refused
   * @param pools makes the pool
   * @throws DatabaseUnavailable if that connects, and cannot
   */
  static Opening of(
      DatabaseSettings settings,
      Supplier<DatabaseSettings> again,
      BiFunction<DatabaseSettings, DataSource, HikariDataSource> pools) {
    return settings
        .sharedFile()
        .map(file -> shared(file, settings, pools))
        .orElseGet(() -> plain(settings, again, pools));
  }

  private static Opening plain(
      DatabaseSettings settings,
      Supplier<DatabaseSettings> again,
      BiFunction<DatabaseSettings, DataSource, HikariDataSource> pools) {
    String url = settings.url();
    var source =
        new DirectDataSource(
            url,
            new RenewedLogin(
                own -> DirectDataSource.of(url, own).getConnection(),
                () -> Pools.properties(again.get())),
            Pools.properties(settings));
    var pool = pools.apply(settings, source);
    return new Opening(pool, () -> {}, pool::close);
  }

  private static Opening shared(
      EmbeddedUrl file,
      DatabaseSettings settings,
      BiFunction<DatabaseSettings, DataSource, HikariDataSource> pools) {
    var opened = new AtomicReference<HikariDataSource>();
    var use = SharedFile.use(file, () -> evict(opened.get()));
    try {
      var source = new DirectDataSource(settings.url(), use::connect, Pools.properties(settings));
      var pool = pools.apply(settings, source);
      opened.set(pool);
      return new Opening(
          pool,
          use::last,
          () -> {
            try (use) {
              pool.close();
            }
          });
    } catch (RuntimeException e) {
      use.close();
      throw e;
    }
  }

  /** Connections that are idle; those in use are found to be broken by their users. */
  private static void evict(@Nullable HikariDataSource pool) {
    if (pool != null && !pool.isClosed()) {
      pool.getHikariPoolMXBean().softEvictConnections();
    }
  }
}
