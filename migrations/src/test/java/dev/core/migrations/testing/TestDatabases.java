package dev.core.migrations.testing;

import dev.core.migrations.Migrator;
import dev.core.migrations.Vendor;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Gives tests databases of their own. H2 tells its sessions the time zone of Kathmandu, Postgres
 * that of the JVM (the build sets Auckland), so that code which forgets zones is found out.
 */
public final class TestDatabases {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final String H2_OPTIONS =
      ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1"
          + ";TIME ZONE=Asia/Kathmandu";

  private TestDatabases() {}

  /** A fresh, migrated database of that vendor. */
  public static TestDatabase of(Vendor vendor) {
    return switch (vendor) {
      case POSTGRESQL -> postgres();
      case H2 -> h2();
    };
  }

  /** A fresh, migrated H2 database in memory, with the options of the embedded default. */
  public static TestDatabase h2() {
    var database = emptyH2();
    var _ = Migrator.of(database.dataSource()).migrate();
    return database;
  }

  /** The same without any schema. */
  public static TestDatabase emptyH2() {
    var url = "jdbc:h2:mem:test_" + NUMBER.incrementAndGet() + H2_OPTIONS;
    return new TestDatabase(Vendor.H2, url, "sa", "");
  }

  /**
   * A fresh, migrated database in the one Postgres server of this JVM, as its superuser. The server
   * is started when first asked for and listens on loopback only.
   */
  public static TestDatabase postgres() {
    return EmbeddedServer.get().create("test_" + NUMBER.incrementAndGet(), EmbeddedServer.TEMPLATE);
  }

  /** The same without any schema. */
  public static TestDatabase emptyPostgres() {
    return EmbeddedServer.get().create("test_" + NUMBER.incrementAndGet(), "template0");
  }

  static void drop(TestDatabase database) throws SQLException {
    EmbeddedServer.get().drop(database);
  }
}
