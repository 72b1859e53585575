package dev.core.migrations.testing;

import dev.core.migrations.Migrator;
import dev.core.migrations.Vendor;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;

/** The Postgres server of this JVM, with a migrated database that others are copied from. */
final class EmbeddedServer {
  static final String TEMPLATE = "migrated_template";
  private static final String SUPERUSER = "postgres";

  private final EmbeddedPostgres server;

  private EmbeddedServer() {
    try {
      this.server =
          EmbeddedPostgres.builder()
              // Its data do not outlive the JVM, so nothing is gained by waiting for the disk.
              .setServerConfig("fsync", "off")
              .setServerConfig("synchronous_commit", "off")
              .setServerConfig("full_page_writes", "off")
              .setServerConfig("max_connections", "200")
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException("the embedded Postgres does not start", e);
    }
    var template = create(TEMPLATE, "template0");
    var _ = Migrator.of(template.dataSource()).migrate();
  }

  private static final class Holder {
    private static final EmbeddedServer SERVER = new EmbeddedServer();
  }

  static EmbeddedServer get() {
    return Holder.SERVER;
  }

  /** Callers wait for each other: a template cannot be copied by two at once. */
  synchronized TestDatabase create(String name, String template) {
    try {
      database("postgres").execute("create database %s template %s".formatted(name, template));
    } catch (SQLException e) {
      throw new IllegalStateException("cannot create test database " + name, e);
    }
    return database(name);
  }

  void drop(TestDatabase database) throws SQLException {
    var name = database.url().substring(database.url().lastIndexOf('/') + 1);
    database("postgres").execute("drop database if exists " + name + " with (force)");
  }

  private TestDatabase database(String name) {
    var url = "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + name;
    return new TestDatabase(Vendor.POSTGRESQL, url, SUPERUSER, SUPERUSER);
  }
}
