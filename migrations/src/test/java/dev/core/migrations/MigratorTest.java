package dev.core.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import dev.core.migrations.testing.TestDatabases;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MigratorTest {

  private static TestDatabase empty(Vendor vendor) {
    return switch (vendor) {
      case POSTGRESQL -> TestDatabases.emptyPostgres();
      case H2 -> TestDatabases.emptyH2();
    };
  }

  @ParameterizedTest
  @EnumSource
  void emptyDatabaseIsBroughtToHeadAndThenNothingIsLeftToApply(Vendor vendor) throws Exception {
    try (var database = empty(vendor)) {
      var migrator = Migrator.of(database.url(), database.user(), database.password());
      assertThat(migrator.status().isBehind()).isTrue();

      assertThat(migrator.migrate()).isEqualTo(migrator.status().migrations().size()).isPositive();

      assertThat(migrator.migrate()).isZero();
      assertThat(migrator.status().isCurrent()).isTrue();
      assertThat(migrator.validate()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void severalThatMigrateAtOnceApplyEachMigrationOnce(Vendor vendor) throws Exception {
    for (int round = 0; round < (vendor == Vendor.H2 ? 4 : 1); round++) {
      try (var database = empty(vendor);
          var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var start = new CountDownLatch(1);
        var migrations = new ArrayList<Future<Integer>>();
        for (int number = 0; number < 4; number++) {
          migrations.add(
              threads.submit(() -> {
                start.await();
                return Migrator.of(database.dataSource()).migrate();
              }));
        }
        start.countDown();
        int applied = 0;
        for (var migration : migrations) {
          applied += migration.get();
        }

        var status = Migrator.of(database.dataSource()).status();
        assertThat(status.isCurrent()).isTrue();
        assertThat(applied).isEqualTo(status.migrations().size());
      }
    }
  }

  @BothDatabases
  void databaseWithMigrationsThatAreNotKnownHereIsAhead(TestDatabase database) throws Exception {
    database.execute(
        """
        insert into public.core_migrations
          (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
        values (1000, '29990101000000', 'from the future', 'SQL', 'V29990101000000__from_the_future.sql', 1, 'x', 1, true)
        """);
    var migrator = Migrator.of(database.dataSource());

    assertThat(migrator.status().isAhead()).isTrue();
    assertThat(migrator.status().isBehind()).isFalse();
    assertThat(migrator.status().explanation()).contains("ahead", "V29990101000000");
    assertThat(migrator.validate()).singleElement().asString().contains("29990101000000");
  }

  @BothDatabases
  void databaseWithoutTheNewestMigrationIsBehind(TestDatabase database) throws Exception {
    database.execute("delete from public.core_migrations where version = '20261122000400'");
    var status = Migrator.of(database.dataSource()).status();

    assertThat(status.isBehind()).isTrue();
    assertThat(status.explanation()).contains("behind", "core migrate");
  }
}
