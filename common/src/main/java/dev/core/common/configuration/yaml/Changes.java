package dev.core.common.configuration.yaml;

import dev.core.common.configuration.yaml.Difference.ColumnChange;
import dev.core.common.configuration.yaml.Difference.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What must be written so that the store holds what a file asks for. */
final class Changes {

  private static final Comparator<Row> ORDER =
      Comparator.comparing(Row::table).thenComparing(row -> String.join("\0", row.key().parts()));

  private final List<Row> created = new ArrayList<>();
  private final List<Row> changed = new ArrayList<>();
  private final List<Row> deleted = new ArrayList<>();
  private final StoredRows stored;

  private Changes(StoredRows stored) {
    this.stored = stored;
  }

  /**
   * Rows of the file are created or changed. Deleted is what belongs to one of its pipelines, or is
   * a tag of one of its templates, and is not in it.
   */
  static Changes between(FileRows file, StoredRows stored) {
    var changes = new Changes(stored);
    for (Row row : file.byKey().values()) {
      var before = stored.find(row.key());
      if (before.isEmpty()) {
        changes.created.add(row);
      } else if (!before.get().values().equals(row.values())) {
        changes.changed.add(row);
      }
    }
    var pipelines = file.names(Table.PIPELINES);
    var templates = file.names(Table.TEMPLATES);
    for (Row row : stored.byKey().values()) {
      boolean owned =
          switch (row.table()) {
            case PARAMETERS, STATES, TRANSFORMATIONS, VARIABLES ->
                pipelines.contains(row.text("pipeline"));
            case TEMPLATE_TAGS -> templates.contains(row.text("template"));
            case CLIENTS,
                BRANDS,
                SEGMENTS,
                PIPELINE_TYPES,
                STATE_TYPES,
                POOLS,
                TAGS,
                TEMPLATES,
                PIPELINES ->
                false;
          };
      if (owned && !file.byKey().containsKey(row.key())) {
        changes.deleted.add(row);
      }
    }
    changes.created.sort(ORDER);
    changes.changed.sort(ORDER);
    changes.deleted.sort(ORDER.reversed());
    return changes;
  }

  /** In the order in which they can be inserted. */
  List<Row> created() {
    return created;
  }

  List<Row> changed() {
    return changed;
  }

  /** In the order in which they can be deleted. */
  List<Row> deleted() {
    return deleted;
  }

  boolean isEmpty() {
    return created.isEmpty() && changed.isEmpty() && deleted.isEmpty();
  }

  /** By table, then by name. */
  List<Difference> differences() {
    var all = new ArrayList<Map.Entry<Row, Kind>>();
    created.forEach(row -> all.add(Map.entry(row, Kind.CREATED)));
    changed.forEach(row -> all.add(Map.entry(row, Kind.CHANGED)));
    deleted.forEach(row -> all.add(Map.entry(row, Kind.DELETED)));
    return all.stream()
        .sorted(Map.Entry.comparingByKey(ORDER))
        .map(entry -> difference(entry.getKey(), entry.getValue()))
        .toList();
  }

  private Difference difference(Row row, Kind kind) {
    Map<String, @Nullable String> before =
        switch (kind) {
          case CREATED -> new HashMap<>();
          case CHANGED -> stored.find(row.key()).orElseThrow().values();
          case DELETED -> row.values();
        };
    Map<String, @Nullable String> after = kind == Kind.DELETED ? new HashMap<>() : row.values();
    var columns = new ArrayList<ColumnChange>();
    for (Column column : row.table().columns()) {
      var name = column.name();
      if (!isInName(row, kind, name) && !Objects.equals(before.get(name), after.get(name))) {
        columns.add(new ColumnChange(name, before.get(name), after.get(name)));
      }
    }
    return new Difference(kind, row.table().tableName(), row.table().noun(), name(row), columns);
  }

  private static boolean isInName(Row row, Kind kind, String column) {
    return row.table().keyColumns().contains(column)
        || (row.table() == Table.VARIABLES && column.equals("pipeline"))
        || (row.table() == Table.TRANSFORMATIONS
            && kind != Kind.CHANGED
            && List.of("pipeline", "state", "template").contains(column));
  }

  private static String name(Row row) {
    var name = String.join("/", row.key().parts());
    return row.table() == Table.TRANSFORMATIONS
        ? "%s (%s/%s/%s)"
            .formatted(name, row.text("pipeline"), row.text("state"), row.value("template"))
        : row.table() == Table.VARIABLES ? row.text("pipeline") + "/" + name : name;
  }
}
