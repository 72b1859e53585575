package dev.core.common.configuration.yaml;

import static java.util.stream.Collectors.groupingBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.core.common.json.Json;
import dev.core.common.variables.VariableStructures;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the document of rows: things in a fixed order, defaults left out. */
final class ConfigurationExport {

  private static final Comparator<Row> ORDER =
      Comparator.<Row>comparingLong(ConfigurationExport::graphOrder)
          .thenComparing(row ->
              row.table() == Table.TRANSFORMATIONS
                  ? "%020d".formatted(Long.parseLong(row.text("id")))
                  : String.join("\0", row.key().parts()));

  private final Map<Table, List<Row>> rows = new HashMap<>();
  private final Map<Table, Map<List<String>, List<Row>>> belonging = new HashMap<>();
  private final Map<String, String> graphOrders = new HashMap<>();

  private ConfigurationExport() {}

  static String text(Iterable<Row> all) {
    var export = new ConfigurationExport();
    for (Row row : all) {
      export.rows.computeIfAbsent(row.table(), _ -> new ArrayList<>()).add(row);
      if (row.table() == Table.STATE_TYPES) {
        export.graphOrders.put(row.text("name"), row.text("graph_order"));
      }
    }
    export.rows.values().forEach(list -> list.sort(ORDER));
    var document = new LinkedHashMap<String, Object>();
    Section.DOCUMENT.forEach((key, section) -> {
      var things = export.things(section, Optional.empty());
      if (!things.isEmpty()) {
        document.put(key, things);
      }
    });
    return YamlWriter.write(document);
  }

  private static long graphOrder(Row row) {
    var order = row.value("graph_order");
    return order == null ? 0 : Long.parseLong(order);
  }

  /** Rows that stand in this one; all of the section, if it stands in nothing. */
  private List<Row> below(Section section, Optional<Row> parent) {
    var columns = section.inherited().keySet().stream().sorted().toList();
    var byParent =
        belonging.computeIfAbsent(
            section.table(),
            table ->
                rows.getOrDefault(table, List.of()).stream()
                    .collect(groupingBy(row -> columns.stream().map(row::text).toList())));
    var wanted =
        columns.stream()
            .map(column -> parent.orElseThrow().text(inherited(section, column)))
            .toList();
    return byParent.getOrDefault(wanted, List.of());
  }

  private static String inherited(Section section, String column) {
    return Objects.requireNonNull(section.inherited().get(column));
  }

  private List<Object> things(Section section, Optional<Row> parent) {
    var things = new ArrayList<Object>();
    for (Row row : below(section, parent)) {
      things.add(thing(section, row));
    }
    return things;
  }

  private Map<String, Object> thing(Section section, Row row) {
    var thing = new LinkedHashMap<String, Object>();
    for (Section.Member member : section.members()) {
      switch (member) {
        case Section.Value value -> {
          var text = row.value(value.column());
          if (text != null && !text.equals(defaultText(value, row))) {
            thing.put(value.key(), typed(row.table(), value.column(), text));
          }
        }
        case Section.Things(var key, var below) ->
            putUnlessEmpty(thing, key, things(below, Optional.of(row)));
        case Section.Texts(var key, var below, var column) ->
            putUnlessEmpty(
                thing,
                key,
                below(below, Optional.of(row)).stream().map(r -> r.text(column)).toList());
        case Section.Pairs(var key, var below, var name, var value) -> {
          var pairs = new LinkedHashMap<String, Object>();
          below(below, Optional.of(row)).forEach(r -> pairs.put(r.text(name), r.text(value)));
          if (!pairs.isEmpty()) {
            thing.put(key, pairs);
          }
        }
        case Section.Structures(var key, var column) -> {
          var structures = structures(row.text(column));
          if (!(structures instanceof Map<?, ?> map && map.isEmpty())) {
            thing.put(key, structures);
          }
        }
      }
    }
    return thing;
  }

  private static void putUnlessEmpty(Map<String, Object> thing, String key, List<?> list) {
    if (!list.isEmpty()) {
      thing.put(key, list);
    }
  }

  /** The order of a state is that of its type, if nothing else is said. */
  private @Nullable String defaultText(Section.Value value, Row row) {
    return row.table() == Table.STATES && value.column().equals("graph_order")
        ? graphOrders.get(row.text("state"))
        : value.defaultText();
  }

  private static Object typed(Table table, String column, String text) {
    return switch (table.column(column).orElseThrow().type()) {
      case TEXT, TIMESTAMP, STRUCTURES -> text;
      case ID, INTEGER, DECIMAL -> new BigDecimal(text);
      case BOOLEAN -> Boolean.valueOf(text);
    };
  }

  /** Structures that are wrong are shown as they are; an import will tell. */
  private static Object structures(String json) {
    var parsed = VariableStructures.parse(json);
    return parsed.problems().isEmpty()
        ? VariableStructures.document(parsed.orThrow())
        : plain(Json.tree(json));
  }

  private static Object plain(JsonNode node) {
    if (node.isObject()) {
      var map = new LinkedHashMap<String, Object>();
      node.properties().forEach(entry -> map.put(entry.getKey(), plain(entry.getValue())));
      return map;
    }
    if (node.isArray()) {
      var list = new ArrayList<Object>();
      node.forEach(item -> list.add(plain(item)));
      return list;
    }
    if (node.isNumber()) {
      return node.decimalValue();
    }
    return node.isBoolean() ? Boolean.valueOf(node.booleanValue()) : node.asText();
  }
}
