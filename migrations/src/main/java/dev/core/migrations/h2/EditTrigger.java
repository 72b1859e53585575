package dev.core.migrations.h2;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an edit of the configuration on H2: before the change the row is stamped, after
 * it {@code auditing.events} gets what it was and what it is. Does what the trigger functions of
 * Postgres do, but for the notice. Public because H2 makes it by name, one object per trigger.
 */
public final class EditTrigger implements Trigger {
  private static final String STAMP = "stamp_edit";

  private String table = "";
  private boolean isStamping;
  private List<String> columns = List.of();

  /** Puts the triggers on every table of the configuration that has none; H2 calls it by name. */
  public static void watchAll(Connection connection) throws SQLException {
    for (String table : unwatched(connection)) {
      try (var statement = connection.createStatement()) {
        statement.execute(
            """
            create trigger configuration."%1$s_stamp_edit" before insert, update
              on configuration."%1$s" for each row call '%2$s'
            """
                .formatted(table, EditTrigger.class.getName()));
        statement.execute(
            """
            create trigger configuration."%1$s_record_edit" after insert, update, delete
              on configuration."%1$s" for each row call '%2$s'
            """
                .formatted(table, EditTrigger.class.getName()));
      }
    }
  }

  private static List<String> unwatched(Connection connection) throws SQLException {
    var tables = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                """
                select t.table_name
                from information_schema.tables t
                where t.table_schema = 'configuration' and t.table_type = 'BASE TABLE'
                  and exists (
                    select 1 from information_schema.tables e
                    where e.table_schema = 'auditing' and e.table_name = 'events')
                  and not exists (
                    select 1 from information_schema.triggers g
                    where g.event_object_schema = t.table_schema and g.event_object_table = t.table_name)
                order by t.table_name
                """)) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }

  @Override
  public void init(
      Connection connection,
      String schema,
      String trigger,
      String tableName,
      boolean before,
      int type)
      throws SQLException {
    table = tableName;
    isStamping = trigger.endsWith(STAMP);
    var names = new ArrayList<String>();
    try (ResultSet rows =
        connection.getMetaData().getColumns(null, schema, escaped(tableName), null)) {
      while (rows.next()) {
        names.add(rows.getString("COLUMN_NAME"));
      }
    }
    columns = List.copyOf(names);
  }

  /** A name is a pattern to the metadata, in which an underscore would stand for anything. */
  private static String escaped(String name) {
    return name.replace("_", "\\_");
  }

  @Override
  public void fire(Connection connection, Object @Nullable [] before, Object @Nullable [] after)
      throws SQLException {
    if (before != null && after != null && Arrays.deepEquals(before, after)) {
      return; // an update that changed nothing is no edit
    }
    if (isStamping && after != null) {
      stamp(connection, before, after);
    } else {
      record(connection, before, after);
    }
  }

  private void stamp(Connection connection, Object @Nullable [] before, Object[] after)
      throws SQLException {
    int updatedAt = columns.indexOf("updated_at");
    int lastActor = columns.indexOf("last_actor");
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("select current_timestamp, @core_actor, current_user")) {
      rows.next();
      String named = rows.getString(2);
      if (before != null) {
        after[updatedAt] = rows.getObject(1);
      }
      if (named != null && !named.isEmpty()) {
        after[lastActor] = named;
      } else if (before != null && before[lastActor].equals(after[lastActor])) {
        after[lastActor] = rows.getString(3);
      }
    }
  }

  private void record(Connection connection, Object @Nullable [] before, Object @Nullable [] after)
      throws SQLException {
    String document =
        columns.stream()
            .map(column -> "key '" + column + "' value ?")
            .collect(Collectors.joining(", ", "cast(json_object(", ") as character varying)"));
    try (var insert =
        connection.prepareStatement(
            """
            insert into auditing.events (at, actor, table_name, row_id, operation, before, after)
            values (current_timestamp, coalesce(nullif(@core_actor, ''), current_user), ?, ?, ?, %s, %s)
            """
                .formatted(
                    before == null ? "null" : document, after == null ? "null" : document))) {
      insert.setString(1, table);
      Object[] row = after == null ? before : after;
      if (row == null) {
        throw new SQLException("trigger of " + table + " fired without a row");
      }
      insert.setObject(2, row[columns.indexOf("id")]);
      insert.setString(3, before == null ? "INSERT" : after == null ? "DELETE" : "UPDATE");
      int next = bind(insert, 4, before);
      var _ = bind(insert, next, after);
      insert.executeUpdate();
    }
  }

  private static int bind(PreparedStatement insert, int first, Object @Nullable [] row)
      throws SQLException {
    if (row == null) {
      return first;
    }
    for (int column = 0; column < row.length; column++) {
      insert.setObject(first + column, row[column]);
    }
    return first + row.length;
  }
}
