package dev.core.demo;

import dev.core.migrations.testing.TestDatabase;
import dev.core.migrations.testing.TestDatabases;
import java.nio.file.Path;
import java.util.Map;

/** The same on a Postgres that {@code core migrate} found empty. */
class DemoOnPostgresTest extends DemoTests {

  private final TestDatabase postgres = TestDatabases.emptyPostgres();

  @Override
  Map<String, String> settings(Path folder) {
    return Map.of(
        "CORE_DATABASE_URL", postgres.url(),
        "CORE_DATABASE_USER", postgres.user(),
        "CORE_DATABASE_PASSWORD", postgres.password());
  }
}
