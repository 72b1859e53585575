package dev.core.orchestrator.simulation.jvm;

import dev.core.migrations.testing.TestDatabase;
import dev.core.migrations.testing.TestDatabases;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One migrated H2 database in memory for each thread, which is set back to its first rows for each
 * seed: migrating costs more than a simulation. Its connections are kept, with their statements.
 */
public final class MigratedStore {

  private static final ThreadLocal<MigratedStore> OF_THREAD =
      ThreadLocal.withInitial(MigratedStore::new);

  /** Tables whose changes the simulation wants to hear of. */
  private static final List<String> WATCHED =
      List.of(
          "leadership",
          "definitions",
          "runs",
          "tasks",
          "attempts",
          "jobs",
          "chunks",
          "attempt_partitions",
          "task_partitions",
          "claims",
          "commands",
          "datasets",
          "schedules",
          "pauses");

  private final TestDatabase database = TestDatabases.h2();
  private final Deque<Kept> idle = new ArrayDeque<>();
  private final List<String> reset = new ArrayList<>();

  /** A connection with the statements that were prepared on it and are not in use. */
  public record Kept(Connection connection, Map<String, PreparedStatement> statements) {

    /** One that is kept, and free again as soon as it has been executed. */
    public PreparedStatement prepared(String sql) throws SQLException {
      PreparedStatement known = statements.get(sql);
      if (known == null) {
        known = connection.prepareStatement(sql);
        statements.put(sql, known);
      }
      return known;
    }
  }

  public static MigratedStore ofThread() {
    return OF_THREAD.get();
  }

  private MigratedStore() {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (String table : WATCHED) {
        statement.execute(
            """
            create trigger execution.%1$s_simulated after insert, update, delete
              on execution.%1$s for each row call '%2$s'
            """
                .formatted(table, RowTrigger.class.getName()));
      }
      planReset(statement);
    } catch (SQLException e) {
      throw new IllegalStateException("the simulation's database cannot be made", e);
    }
  }

  public String url() {
    return database.url();
  }

  /** Whatever was written after the migrations is forgotten, also by identity columns. */
  private void planReset(Statement statement) throws SQLException {
    var tables = new ArrayList<String>();
    try (var rows =
        statement.executeQuery(
            """
            select table_schema, table_name from information_schema.tables
            where table_schema in ('configuration', 'execution', 'auditing')
              and table_type = 'BASE TABLE'
            order by table_schema desc, table_name
            """)) {
      while (rows.next()) {
        tables.add(rows.getString(1) + "." + rows.getString(2));
      }
    }
    reset.add("set referential_integrity false");
    statement.execute("create schema first_rows");
    for (String table : tables) {
      reset.add("truncate table " + table + " restart identity");
      try (var count = statement.executeQuery("select count(*) from " + table)) {
        count.next();
        if (count.getInt(1) == 0 || table.startsWith("auditing.")) {
          continue;
        }
      }
      String copy = "first_rows." + table.replace('.', '_');
      statement.execute("create table " + copy + " as select * from " + table);
      String columns = writtenColumns(statement, table);
      reset.add(
          "insert into %s (%s) select %s from %s order by id"
              .formatted(table, columns, columns, copy));
    }
    // Putting the first rows back was an edit, too.
    reset.add("truncate table auditing.events restart identity");
    reset.add("set referential_integrity true");
  }

  /** All but identity, which counts from 1 again. */
  private static String writtenColumns(Statement statement, String table) throws SQLException {
    String[] parts = table.split("\\.", 2);
    var columns = new ArrayList<String>();
    try (var rows =
        statement.executeQuery(
            """
            select column_name from information_schema.columns
            where table_schema = '%s' and table_name = '%s' and is_identity = 'NO'
            order by ordinal_position
            """
                .formatted(parts[0], parts[1]))) {
      while (rows.next()) {
        columns.add(rows.getString(1));
      }
    }
    return String.join(", ", columns);
  }

  public void reset() {
    Kept kept = take();
    try {
      for (String each : reset) {
        kept.prepared(each).execute();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the simulation's database cannot be set back", e);
    }
    give(kept);
  }

  public Kept take() {
    Kept kept = idle.poll();
    if (kept != null) {
      return kept;
    }
    try {
      return new Kept(database.connect(), new LinkedHashMap<>());
    } catch (SQLException e) {
      throw new IllegalStateException("H2 in memory gives no connection", e);
    }
  }

  /** Gives a connection back, whatever state it is in. */
  public void give(Kept kept) {
    try {
      if (!kept.connection().getAutoCommit()) {
        kept.connection().rollback();
        kept.connection().setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        kept.connection().setAutoCommit(true);
      }
      idle.push(kept);
    } catch (SQLException e) {
      throw new IllegalStateException("a connection of H2 in memory broke", e);
    }
  }
}
