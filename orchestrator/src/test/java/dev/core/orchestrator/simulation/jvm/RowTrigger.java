package dev.core.orchestrator.simulation.jvm;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/** Tells the simulation of this thread which rows change. Public because H2 makes it by name. */
public final class RowTrigger implements Trigger {

  private static final ThreadLocal<@Nullable RowSink> SINK = new ThreadLocal<>();

  private String table = "";
  private Map<String, Integer> columns = Map.of();

  /** Of this thread; null: nobody listens. */
  public static void tell(@Nullable RowSink sink) {
    SINK.set(sink);
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
    var found = new HashMap<String, Integer>();
    try (ResultSet rows = connection.getMetaData().getColumns(null, schema, tableName, null)) {
      while (rows.next()) {
        found.put(rows.getString("COLUMN_NAME"), rows.getInt("ORDINAL_POSITION") - 1);
      }
    }
    columns = found;
  }

  @Override
  public void fire(
      Connection connection,
      @Nullable Object @Nullable [] before,
      @Nullable Object @Nullable [] after) {
    RowSink sink = SINK.get();
    if (sink != null) {
      sink.changed(table, columns, before, after);
    }
  }
}
