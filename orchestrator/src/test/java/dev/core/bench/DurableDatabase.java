package dev.core.bench;

import dev.core.common.database.Database;
import dev.core.common.database.Dialect;
import dev.core.common.settings.Settings;
import dev.core.migrations.Migrator;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * A migrated database on this machine's disk, as durable as it can be: Postgres forces every commit
 * to the disk. H2 hands every commit to the operating system before it returns, so that a killed
 * process loses none; it has no way to force it further, so that a power failure may. What tests
 * use (in memory, or without fsync) would flatter every figure.
 *
 * @param settings the settings with which other programs find it
 */
record DurableDatabase(
    Database database, Map<String, String> settings, @Nullable EmbeddedPostgres server)
    implements AutoCloseable {

  private static final int CONNECTIONS = 24;

  private DurableDatabase(
      Map<String, String> settings, @Nullable EmbeddedPostgres server, Path folder) {
    this(Database.openUnmigrated(pooled(settings, folder)), settings, server);
  }

  private static Settings pooled(Map<String, String> settings, Path folder) {
    var own = new HashMap<>(settings);
    own.put("CORE_DATABASE_POOL_SIZE", String.valueOf(CONNECTIONS));
    return Settings.load(own, folder);
  }

  /** Makes it below a folder that is empty or does not exist. */
  static DurableDatabase open(Dialect dialect, Path folder) throws IOException {
    Files.createDirectories(folder);
    var database =
        switch (dialect) {
          case H2 -> h2(folder);
          case POSTGRES -> postgres(folder);
        };
    var _ = Migrator.of(database.dataSource()).migrate();
    database.requireDurability();
    return database;
  }

  Jdbi jdbi() {
    return database.jdbi();
  }

  DataSource dataSource() {
    return database.dataSource();
  }

  Dialect dialect() {
    return database.dialect();
  }

  String title() {
    return switch (dialect()) {
      case H2 -> "H2";
      case POSTGRES -> "Postgres";
    };
  }

  private static DurableDatabase h2(Path folder) {
    return new DurableDatabase(
        Map.of("CORE_HOME", folder.toAbsolutePath().toString()), null, folder);
  }

  private static DurableDatabase postgres(Path folder) throws IOException {
    var server =
        EmbeddedPostgres.builder()
            .setDataDirectory(folder.resolve("data"))
            // The builder starts its servers with -F and a lazy commit; what comes later wins.
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("shared_buffers", "256MB")
            .setServerConfig("max_connections", "100")
            .start();
    var url = "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
    return new DurableDatabase(
        Map.of(
            "CORE_HOME",
            folder.toAbsolutePath().toString(),
            "CORE_DATABASE_URL",
            url,
            "CORE_DATABASE_USER",
            "postgres",
            "CORE_DATABASE_PASSWORD",
            "postgres"),
        server,
        folder);
  }

  private void requireDurability() {
    if (dialect() == Dialect.POSTGRES) {
      for (var setting : new String[] {"fsync", "synchronous_commit"}) {
        var value =
            jdbi().withHandle(handle -> handle.select("show " + setting).mapTo(String.class).one());
        if (!value.equals("on")) {
          throw new IllegalStateException(setting + " is " + value + ": nothing would be durable");
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    database.close();
    if (server != null) {
      server.close();
    }
  }
}
