package dev.core.orchestrator.simulation;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row as the database keeps it, by the names of its columns. */
record Row(Map<String, Integer> columns, @Nullable Object[] values) {

  @Nullable Object get(String column) {
    Integer index = columns.get(column);
    if (index == null) {
      throw new IllegalArgumentException("no column " + column + " among " + columns.keySet());
    }
    return values[index];
  }

  @Nullable String text(String column) {
    Object value = get(column);
    return value == null ? null : value.toString();
  }

  String required(String column) {
    String text = text(column);
    if (text == null) {
      throw new IllegalStateException(column + " is null in " + this);
    }
    return text;
  }

  long number(String column) {
    return get(column) instanceof Number number ? number.longValue() : 0;
  }

  boolean is(String column, String... texts) {
    return Arrays.asList(texts).contains(text(column));
  }

  boolean isNull(String column) {
    return get(column) == null;
  }

  @Nullable Instant time(String column) {
    return get(column) instanceof OffsetDateTime time ? time.toInstant() : null;
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
