package dev.core.orchestrator.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Many rows as one array a column, for the {@code unnest} of Postgres: a statement then costs one
 * execution however many rows it has.
 */
final class ColumnArrays implements RowValues {

  private final List<String> types;
  private final List<List<@Nullable Object>> columns = new ArrayList<>();
  private int next;

  /**
   * @param types of the columns in Postgres: text, bigint, integer, boolean, timestamptz
   */
  ColumnArrays(List<String> types) {
    this.types = types;
    types.forEach(_ -> columns.add(new ArrayList<>()));
  }

  /** Sets the arrays as parameters from this one on; gives the number of the one after them. */
  int set(PreparedStatement statement, int first) throws SQLException {
    int parameter = first;
    for (int column = 0; column < columns.size(); column++) {
      String type = types.get(column);
      Object[] values = columns.get(column).toArray(array(type, columns.get(column).size()));
      statement.setArray(parameter++, statement.getConnection().createArrayOf(type, values));
    }
    return parameter;
  }

  private static Object[] array(String type, int size) {
    return switch (type) {
      case "bigint" -> new Long[size];
      case "integer" -> new Integer[size];
      case "boolean" -> new Boolean[size];
      case "text", "timestamptz" -> new String[size];
      default -> throw new IllegalArgumentException("no arrays of " + type);
    };
  }

  private ColumnArrays add(@Nullable Object value) {
    columns.get(next).add(value);
    next = (next + 1) % columns.size();
    return this;
  }

  private boolean isInteger() {
    return types.get(next).equals("integer");
  }

  @Override
  public ColumnArrays text(@Nullable String value) {
    return add(value);
  }

  @Override
  public ColumnArrays number(long value) {
    return isInteger() ? add(Math.toIntExact(value)) : add(value);
  }

  @Override
  public ColumnArrays number(@Nullable Long value) {
    return value == null ? add(null) : number(value.longValue());
  }

  @Override
  public ColumnArrays number(@Nullable Integer value) {
    return value == null ? add(null) : number(value.longValue());
  }

  @Override
  public ColumnArrays flag(boolean value) {
    return add(value);
  }

  @Override
  public ColumnArrays time(@Nullable Instant value) {
    return add(value == null ? null : value.toString());
  }
}
