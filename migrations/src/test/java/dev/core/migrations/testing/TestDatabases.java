package dev.core.migrations.testing;

import dev.core.migrations.Migrator;
import dev.core.migrations.Vendor;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
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

  /**
   * A fresh, migrated H2 database in memory, with the options of the embedded default. Only the
   * first of a JVM is migrated; the others are made as that one says of itself, ten times as fast.
   */
  public static TestDatabase h2() {
    var database = emptyH2();
    try {
      database.execute(MigratedH2.SCRIPT);
    } catch (SQLException e) {
      throw new IllegalStateException("a migrated database cannot be made as it says", e);
    }
    return database;
  }

  private static final class MigratedH2 {
    static final String[] SCRIPT = script();

    private static String[] script() {
      try (var database = emptyH2()) {
        var _ = Migrator.of(database.dataSource()).migrate();
        var statements = new ArrayList<String>();
        try (var connection = database.connect();
            var rows = connection.createStatement().executeQuery("script")) {
          while (rows.next()) {
            statements.add(rows.getString(1));
          }
        }
        // Foreign keys come with indexes of their own, unless they find one that would do.
        statements.sort(Comparator.comparing(statement -> statement.startsWith("CREATE INDEX")));
        return statements.toArray(String[]::new);
      } catch (SQLException e) {
        throw new IllegalStateException("a migrated database cannot tell what it is made of", e);
      }
    }
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
