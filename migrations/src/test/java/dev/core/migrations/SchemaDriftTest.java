package dev.core.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import dev.core.migrations.testing.TestDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaDriftTest {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Supplier<String> NAMES = () -> "drift" + NUMBER.incrementAndGet();

  @TempDir Path folder;

  @BeforeEach
  void makeFolders() throws IOException {
    for (var name : List.of("shared", "postgresql", "h2")) {
      Files.createDirectory(folder.resolve(name));
    }
  }

  private static Drift check(TestDatabase database) {
    return new SchemaDrift(NAMES)
        .check(database.dataSource(), database.url(), database.user(), database.password());
  }

  private Drift checkWithNewFiles(TestDatabase database) {
    return new SchemaDrift(MigrationFolders.ON_CLASS_PATH.and(folder), NAMES)
        .check(database.dataSource(), database.url(), database.user(), database.password());
  }

  private NewMigration newMigration() {
    return new NewMigration(
        folder, InstantSource.fixed(Instant.parse("2030-05-06T07:08:09Z")), NAMES);
  }

  private int migrate(TestDatabase database) {
    return Migrator.of(database.dataSource(), MigrationFolders.ON_CLASS_PATH.and(folder)).migrate();
  }

  @BothDatabases
  void migratedDatabaseHasNoDrift(TestDatabase database) {
    assertThat(check(database).describe()).isEqualTo("The database is as the migrations make it.");
    assertThat(check(database).sql()).isEmpty();
  }

  @BothDatabases
  void everyEditOfTheSchemaIsFound(TestDatabase database) throws SQLException {
    database.execute(
        "alter table configuration.clients add column nickname varchar(20) default 'x' not null",
        "alter table configuration.clients alter column name set data type varchar(64)",
        "alter table configuration.clients alter column description set not null",
        "alter table configuration.pools alter column slots set default 3",
        "alter table configuration.pools drop constraint pools_slots_not_negative",
        "drop index configuration.brands_client",
        "create table configuration.colours (id bigint primary key, name text)",
        "drop table execution.pauses",
        "create view execution.live as select id from execution.runs where status = 'RUNNING'");

    var told = check(database).describe();

    assertThat(told.lines().filter(line -> !line.startsWith("    ")).sorted())
        .containsExactly(
            "added    column configuration.clients.nickname: character varying(20) default %s not null"
                .formatted(database.isPostgres() ? "'x'::character varying" : "'x'"),
            "added    table configuration.colours",
            "added    view execution.live",
            "changed  column configuration.clients.description",
            "changed  column configuration.clients.name",
            "changed  column configuration.pools.slots",
            "missing  constraint configuration.pools.pools_slots_not_negative: "
                + (database.isPostgres() ? "CHECK ((slots >= 0))" : "check (\"slots\" >= 0)"),
            "missing  index configuration.brands.brands_client",
            "missing  table execution.pauses");
    assertThat(told)
        .contains("migrations: character varying(63) not null")
        .contains("database:   character varying(64) not null");
  }

  @Test
  void functionsAndTriggersOfPostgresAreComparedToo() throws SQLException {
    try (var database = TestDatabases.postgres()) {
      database.execute(
          "drop trigger record_edit on configuration.clients",
          "drop function execution.local_stop(text)",
          "create or replace function auditing.actor() returns text language sql stable as 'select ''me'''",
          "create function execution.shout(word text) returns text language sql as 'select upper(word)'",
          "create trigger clients_quiet after insert on configuration.clients for each row execute function auditing.notify_edit()");

      assertThat(
              check(database)
                  .describe()
                  .lines()
                  .filter(line -> line.matches("(added|missing|changed) .*"))
                  .sorted())
          .containsExactly(
              "added    routine execution.shout(word text)",
              "added    trigger configuration.clients.clients_quiet",
              "changed  routine auditing.actor()",
              "missing  routine execution.local_stop(worker_id text)",
              "missing  trigger configuration.clients.record_edit");
    }
  }

  @BothDatabases
  void migrationWrittenFromADatabaseMakesAFreshOneTheSameAndRunsWhereItCameFrom(
      TestDatabase database) throws SQLException, IOException {
    database.execute(
        """
        create table configuration.colours (
          id bigint generated by default as identity primary key,
          name varchar(63) not null,
          shade varchar(20) not null default 'light',
          weight numeric(6, 2) default 1.5,
          offset_minutes integer not null default -60,
          seen_at timestamp with time zone not null default current_timestamp,
          brand_id bigint,
          created_at timestamp with time zone not null default current_timestamp,
          updated_at timestamp with time zone not null default current_timestamp,
          last_actor varchar(200) not null default current_user,
          constraint colours_name_unique unique (name, shade),
          constraint colours_shade_known check (shade in ('light', 'dark')),
          constraint colours_offset_in_range check (offset_minutes between -1000 and 1000),
          constraint colours_brand_exists foreign key (brand_id) references configuration.brands (id) on delete cascade
        )
        """,
        "create index colours_brand on configuration.colours (brand_id, name desc)",
        "create unique index colours_seen on configuration.colours (seen_at)",
        "alter table configuration.clients add column colour_id bigint",
        "alter table configuration.clients add constraint clients_colour_exists foreign key (colour_id) references configuration.colours (id)",
        "alter table configuration.clients alter column name set data type varchar(70)",
        "alter table configuration.pools alter column slots set default 3",
        "alter table configuration.pools alter column slots drop not null",
        "alter table configuration.pools drop constraint pools_slots_not_negative",
        "alter table configuration.pools add constraint pools_slots_positive check (slots > 0)",
        "alter table configuration.tags drop column description",
        "drop index configuration.brands_client",
        "drop table execution.pauses",
        "drop table execution.dataset_reads",
        "create view execution.live as select id, pipeline from execution.runs where status = 'RUNNING'");

    var files = newMigration().fromDrift("added colours", check(database));

    assertThat(files).singleElement();
    assertThat(files.getFirst())
        .isEqualTo(folder.resolve("shared/V20300506070809__added_colours.sql"));
    assertThat(Files.readString(files.getFirst()))
        .contains("create table if not exists configuration.colours")
        .contains("-- DESTRUCTIVE: the rows of table execution.pauses are lost.")
        .contains("-- DESTRUCTIVE: the values of column configuration.tags.description are lost.");
    try (var fresh = TestDatabases.of(database.vendor());
        var other = TestDatabases.of(database.isPostgres() ? Vendor.H2 : Vendor.POSTGRESQL)) {
      assertThat(migrate(fresh)).isEqualTo(1);
      assertThat(checkWithNewFiles(fresh).describe())
          .isEqualTo(new Drift(fresh.vendor(), List.of()).describe());
      assertThat(
              check(fresh).differences().stream()
                  .map(Difference::describe)
                  .filter(line -> !line.contains(" trigger ")))
          .as("what the migration did is what was done by hand")
          .containsExactlyInAnyOrderElementsOf(
              check(database).differences().stream().map(Difference::describe).toList());

      assertThat(migrate(other)).as("the other vendor runs it too").isEqualTo(1);
      assertThat(checkWithNewFiles(other).isEmpty()).isTrue();
    }
    assertThat(migrate(database)).as("where it came from").isEqualTo(1);
    assertThat(checkWithNewFiles(database).describe())
        .isEqualTo("The database is as the migrations make it.");
  }

  @Test
  void whatOnlyPostgresHasGoesIntoItsOwnFolderWithACounterpart() throws SQLException, IOException {
    try (var database = TestDatabases.postgres();
        var fresh = TestDatabases.postgres();
        var h2 = TestDatabases.h2()) {
      database.execute(
          "create type configuration.mood as enum ('good', 'bad')",
          "create sequence configuration.counter as bigint start with 5",
          "create table configuration.moods (id bigint primary key default nextval('configuration.counter'), mood configuration.mood, at tstzrange, notes text[])",
          "create index moods_bad on configuration.moods (id) where mood = 'bad'",
          "create function configuration.cheer() returns trigger language plpgsql as 'begin return new; end'",
          "create trigger cheer before insert on configuration.moods for each row execute function configuration.cheer()",
          "alter table configuration.clients add column plain integer",
          "drop function execution.local_stop(text)",
          "create or replace function auditing.actor() returns text language sql stable as 'select ''me'''");

      var files = newMigration().fromDrift("Moods!", check(database));

      assertThat(files)
          .containsExactly(
              folder.resolve("shared/V20300506070809__moods.sql"),
              folder.resolve("postgresql/V20300506070810__moods.sql"),
              folder.resolve("h2/V20300506070810__moods.sql"));
      assertThat(migrate(fresh)).isEqualTo(2);
      assertThat(
              check(fresh).differences().stream()
                  .map(Difference::describe)
                  .filter(line -> !line.matches("added    trigger .*(edit|update|truncate)")))
          .containsExactlyInAnyOrderElementsOf(
              check(database).differences().stream().map(Difference::describe).toList());
      assertThat(migrate(h2)).isEqualTo(2);
      assertThat(migrate(database)).isEqualTo(2);
      assertThat(checkWithNewFiles(database).describe())
          .isEqualTo("The database is as the migrations make it.");
    }
  }

  @Test
  void blankMigrationIsNamedAfterTheMomentAndComesAfterTheNewest() throws IOException {
    assertThat(newMigration().blank("added default trigger", NewMigration.Place.SHARED))
        .containsExactly(folder.resolve("shared/V20300506070809__added_default_trigger.sql"));
    assertThat(newMigration().blank("Drop it, now", NewMigration.Place.VENDOR))
        .containsExactly(
            folder.resolve("postgresql/V20300506070810__drop_it_now.sql"),
            folder.resolve("h2/V20300506070810__drop_it_now.sql"));
    assertThat(
            Files.readString(folder.resolve("shared/V20300506070809__added_default_trigger.sql")))
        .isEqualTo(
            "-- added default trigger\n-- Runs on H2 and on Postgres: use what both have.\n");
    assertThatThrownBy(() -> newMigration().blank("…", NewMigration.Place.SHARED))
        .hasMessageContaining("has no word in it");
  }

  @Test
  void withoutDriftThereIsNothingToWrite() {
    var database = TestDatabases.h2();
    assertThatThrownBy(() -> newMigration().fromDrift("x", check(database)))
        .isInstanceOf(MigrationFailure.class)
        .hasMessageContaining("nothing to write");
  }

  @Test
  void userWhoMayNotMakeAScratchDatabaseIsToldSo() throws SQLException {
    try (var database = TestDatabases.postgres()) {
      database.execute(
          "drop role if exists scratchless", "create role scratchless login password 'x'");
      assertThatThrownBy(() ->
              new SchemaDrift(NAMES)
                  .check(database.dataSource(), database.url(), "scratchless", "x"))
          .isInstanceOf(MigrationFailure.class)
          .hasMessageContaining("scratch database")
          .hasMessageContaining("alter role scratchless createdb");
    }
  }

  @Test
  void scratchDatabaseIsGoneAfterwards() throws SQLException {
    try (var database = TestDatabases.postgres();
        var connection = database.connect()) {
      check(database);
      assertThat(
              Rows.of(
                  connection, "select datname from pg_database where datname like 'core_scratch%'"))
          .isEmpty();
    }
  }
}
