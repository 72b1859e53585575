package dev.core.orchestrator.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.core.common.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads columns whose Java type is not the one of JDBC. */
final class Columns {

  private Columns() {}

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }

  static Instant requiredInstant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static @Nullable Long number(ResultSet row, String column) throws SQLException {
    var value = row.getLong(column);
    return row.wasNull() ? null : value;
  }

  static @Nullable JsonNode json(ResultSet row, String column) throws SQLException {
    var text = row.getString(column);
    return text == null ? null : Json.tree(text);
  }

  /** A JSON object of texts. */
  static Map<String, String> texts(ResultSet row, String column) throws SQLException {
    var texts = new TreeMap<String, String>();
    Json.tree(row.getString(column))
        .properties()
        .forEach(each -> texts.put(each.getKey(), each.getValue().asText()));
    return texts;
  }

  static @Nullable Duration between(@Nullable Instant start, @Nullable Instant end, Instant now) {
    return start == null ? null : Duration.between(start, end == null ? now : end);
  }
}
