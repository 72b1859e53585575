package dev.core.orchestrator.compute.local;

import dev.core.migrations.testing.TestDatabase;
import dev.core.migrations.testing.TestDatabases;
import java.sql.SQLException;
import java.util.Map;

/** With Postgres, where workers have a role without rights on tables. */
class LocalBackendOnPostgresTest extends LocalBackendTests {

  private final TestDatabase postgres = TestDatabases.postgres();

  @Override
  Map<String, String> databaseSettings() {
    return Map.of(
        "CORE_DATABASE_URL", postgres.url(),
        "CORE_DATABASE_USER", postgres.user(),
        "CORE_DATABASE_PASSWORD", postgres.password());
  }

  @Override
  void drop() {
    try {
      postgres.close();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot drop the test database", e);
    }
  }
}
