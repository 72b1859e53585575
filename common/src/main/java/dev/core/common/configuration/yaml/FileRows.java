package dev.core.common.configuration.yaml;

import dev.core.common.configuration.validation.ScheduleFault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a file asks for, with what its things inherit, the ids of its transformations and
 * the lines that they came from.
 */
final class FileRows {

  private final Map<Row.Key, Row> rows = new LinkedHashMap<>();
  private final Map<Row.Key, Item> origins = new HashMap<>();
  private final List<YamlProblem> problems;
  private final TransformationIds ids;
  private final Map<String, String> graphOrders = new HashMap<>();

  private FileRows(TransformationIds ids, List<YamlProblem> problems) {
    this.ids = ids;
    this.problems = problems;
  }

  /**
   * @param problems gets what is wrong
   */
  static FileRows of(
      List<Item> items, StoredRows stored, long firstFreeId, List<YamlProblem> problems) {
    var file = new FileRows(TransformationIds.of(items, stored, firstFreeId, problems), problems);
    for (Row type : stored.of(Table.STATE_TYPES)) {
      file.graphOrders.put(type.text("name"), type.text("graph_order"));
    }
    for (Item item : items) {
      var name = item.values().get("name");
      var order = item.values().get("graph_order");
      if (item.section().table() == Table.STATE_TYPES && name != null && order != null) {
        file.graphOrders.put(name, order);
      }
    }
    items.forEach(item -> file.add(item, Map.of()));
    new ReferenceCheck(file, stored, problems).run();
    return file;
  }

  Map<Row.Key, Row> byKey() {
    return rows;
  }

  /** Where a row of the file begins, or one of its values stands; 0 for rows of the store only. */
  int line(Row.Key key, @Nullable String column) {
    var item = origins.get(key);
    return item == null ? 0 : column == null ? item.line() : item.line(column);
  }

  /** Names of the things of a table that the file holds. */
  Set<String> names(Table table) {
    var names = new HashSet<String>();
    for (Row row : rows.values()) {
      if (row.table() == table) {
        names.add(row.text("name"));
      }
    }
    return names;
  }

  /** What is wrong with when its active pipelines are to run, in the words of validation. */
  List<YamlProblem> scheduleProblems() {
    var found = new ArrayList<YamlProblem>();
    for (Row row : rows.values()) {
      if (row.table() == Table.PIPELINES && !"false".equals(row.value("is_active"))) {
        var zone = row.value("time_zone");
        for (var fault :
            ScheduleFault.of(row.value("run_frequency"), zone == null ? "UTC" : zone)) {
          found.add(
              new YamlProblem(
                  line(row.key(), fault.column()),
                  "%s: %s: %s; %s"
                      .formatted(
                          row.text("name"), fault.column(), fault.message(), fault.remedy())));
        }
      }
    }
    return found;
  }

  /** The smallest id above those that it uses and that the store has given. */
  long nextFreeId() {
    return ids.nextFree();
  }

  private void add(Item item, Map<String, @Nullable String> parent) {
    var table = item.section().table();
    Map<String, @Nullable String> values = new HashMap<>(item.values());
    item.section().inherited().forEach((own, others) -> values.put(own, parent.get(others)));
    if (table == Table.TRANSFORMATIONS) {
      values.put("id", ids.of(item));
    }
    if (table == Table.STATES && values.get("graph_order") == null) {
      values.put("graph_order", graphOrders.getOrDefault(values.get("state"), "0"));
    }
    for (String column : table.keyColumns()) {
      if (values.get(column) == null) {
        return; // already told: what it is known by is missing or wrong
      }
    }
    var row = new Row(table, values);
    var first = origins.putIfAbsent(row.key(), item);
    if (first == null) {
      rows.put(row.key(), row);
      limits(row, item);
    } else {
      problems.add(
          new YamlProblem(
              item.line(),
              "%s is listed twice, first in line %d; leave one of them out"
                  .formatted(row.key(), first.line())));
    }
    item.children().forEach(child -> add(child, values));
  }

  private void limits(Row row, Item item) {
    for (Column column : row.table().columns()) {
      var value = row.value(column.name());
      boolean own = item.values().containsKey(column.name());
      if (own && value != null) {
        Limits.problem(row.table(), column.name(), value)
            .ifPresent(problem ->
                problems.add(
                    new YamlProblem(
                        item.line(column.name()),
                        column.name().equals("name")
                            ? row.table().noun() + ": " + problem
                            : row.key() + ": '" + column.name() + "' " + problem)));
      }
    }
  }
}
