package dev.core.common.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Name and columns of a table, and where a record holds the values of them. The SQL comes from
 * here, so that a column is named once.
 *
 * @param columns those that people edit; every table has {@code id}, {@code created_at}, {@code
 *     updated_at} and {@code last_actor} besides
 */
record Table<R extends Row>(String name, Class<R> type, List<Column<R>> columns) {

  /**
   * One column.
   *
   * @param placeholder what stands for its value in a statement
   */
  record Column<R>(String name, String placeholder, Function<R, @Nullable Object> value) {}

  static <R extends Row> Table<R> of(String name, Class<R> type) {
    return new Table<>("configuration." + name, type, List.of());
  }

  Table<R> with(String column, Function<R, @Nullable Object> value) {
    return plus(new Column<>(column, ":" + column, value));
  }

  Table<R> json(String column, Function<R, @Nullable Object> value) {
    return plus(
        new Column<>(column, "cast(:" + column + " as configuration.json_document)", value));
  }

  private Table<R> plus(Column<R> column) {
    var more = new ArrayList<>(columns);
    more.add(column);
    return new Table<>(name, type, List.copyOf(more));
  }

  boolean has(String column) {
    return columns.stream().anyMatch(each -> each.name().equals(column));
  }

  String select(String condition) {
    return "select id, %s from %s %s order by id".formatted(names(), name, condition);
  }

  String insert() {
    return "insert into %s (%s, last_actor) values (%s, :actor)"
        .formatted(name, names(), placeholders());
  }

  String insertWithId() {
    return "insert into %s (id, %s, last_actor) values (:id, %s, :actor)"
        .formatted(name, names(), placeholders());
  }

  String update() {
    var assignments =
        columns.stream()
            .map(each -> each.name() + " = " + each.placeholder())
            .collect(Collectors.joining(", "));
    return "update %s set %s, updated_at = current_timestamp, last_actor = :actor where id = :id"
        .formatted(name, assignments);
  }

  String delete() {
    return "delete from %s where id = :id".formatted(name);
  }

  private String names() {
    return columns.stream().map(Column::name).collect(Collectors.joining(", "));
  }

  private String placeholders() {
    return columns.stream().map(Column::placeholder).collect(Collectors.joining(", "));
  }
}
