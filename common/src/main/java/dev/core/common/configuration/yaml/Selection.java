package dev.core.common.configuration.yaml;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Some pipelines with all that they refer to, so that the file is complete in itself. */
final class Selection {

  private final Set<Row.Key> wanted = new HashSet<>();
  private final StoredRows stored;

  private Selection(StoredRows stored) {
    this.stored = stored;
  }

  static List<Row> of(StoredRows stored, Collection<String> pipelines) {
    var selection = new Selection(stored);
    for (Row row : stored.byKey().values()) {
      boolean owned =
          row.table() == Table.PIPELINES
              ? pipelines.contains(row.text("name"))
              : row.table().column("pipeline").isPresent()
                  && pipelines.contains(row.text("pipeline"));
      if (owned) {
        selection.include(row);
      }
    }
    for (Row row : stored.of(Table.TEMPLATE_TAGS)) {
      if (selection.wanted.contains(key(Table.TEMPLATES, row.text("template")))) {
        selection.include(row);
      }
    }
    return stored.byKey().values().stream()
        .filter(row -> selection.wanted.contains(row.key()))
        .toList();
  }

  private void include(Row row) {
    if (!wanted.add(row.key())) {
      return;
    }
    for (Row.Key key : references(row)) {
      stored.find(key).ifPresent(this::include);
    }
  }

  private static List<Row.Key> references(Row row) {
    var keys = new ArrayList<Row.Key>();
    switch (row.table()) {
      case PIPELINES -> {
        keys.add(key(Table.CLIENTS, row.text("client")));
        keys.add(key(Table.BRANDS, row.text("client"), row.text("brand")));
        keys.add(key(Table.PIPELINE_TYPES, row.text("pipeline_type")));
      }
      case PIPELINE_TYPES -> keys.add(key(Table.SEGMENTS, row.value("segment")));
      case STATES -> keys.add(key(Table.STATE_TYPES, row.text("state")));
      case TRANSFORMATIONS -> {
        keys.add(key(Table.TEMPLATES, row.text("template")));
        keys.add(key(Table.POOLS, row.value("pool")));
      }
      case TEMPLATES -> {
        keys.add(key(Table.STATE_TYPES, row.value("state_type")));
        keys.add(key(Table.POOLS, row.value("pool")));
      }
      case TEMPLATE_TAGS -> keys.add(key(Table.TAGS, row.text("tag")));
      case CLIENTS, BRANDS, SEGMENTS, STATE_TYPES, POOLS, TAGS, PARAMETERS, VARIABLES -> {}
    }
    return keys;
  }

  /** A key that no row has, if nothing is named. */
  private static Row.Key key(Table table, @Nullable String... parts) {
    var named = new ArrayList<String>();
    for (String part : parts) {
      named.add(Objects.requireNonNullElse(part, ""));
    }
    return new Row.Key(table, named);
  }
}
