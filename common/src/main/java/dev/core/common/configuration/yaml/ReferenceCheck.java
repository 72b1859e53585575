package dev.core.common.configuration.yaml;

import dev.core.common.variables.Nearest;
import dev.core.common.variables.Quoted;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Whether everything that a file's rows name is in the file or in the store. */
final class ReferenceCheck {

  /** Columns whose values together are the key of a row of that table. */
  private record Reference(Table from, List<String> columns, Table to) {
    /** Where the problem is shown. */
    String column() {
      return columns.getLast();
    }
  }

  private static final List<Reference> REFERENCES =
      List.of(
          new Reference(Table.PIPELINE_TYPES, List.of("segment"), Table.SEGMENTS),
          new Reference(Table.TEMPLATES, List.of("state_type"), Table.STATE_TYPES),
          new Reference(Table.TEMPLATES, List.of("pool"), Table.POOLS),
          new Reference(Table.TEMPLATE_TAGS, List.of("tag"), Table.TAGS),
          new Reference(Table.PIPELINES, List.of("client"), Table.CLIENTS),
          new Reference(Table.PIPELINES, List.of("client", "brand"), Table.BRANDS),
          new Reference(Table.PIPELINES, List.of("pipeline_type"), Table.PIPELINE_TYPES),
          new Reference(Table.STATES, List.of("state"), Table.STATE_TYPES),
          new Reference(Table.TRANSFORMATIONS, List.of("template"), Table.TEMPLATES),
          new Reference(Table.TRANSFORMATIONS, List.of("pool"), Table.POOLS));

  private final FileRows file;
  private final List<YamlProblem> problems;
  private final Set<Row.Key> known = new HashSet<>();
  private final Map<Row.Key, Row> merged = new LinkedHashMap<>();

  ReferenceCheck(FileRows file, StoredRows stored, List<YamlProblem> problems) {
    this.file = file;
    this.problems = problems;
    merged.putAll(stored.byKey());
    merged.putAll(file.byKey());
    known.addAll(merged.keySet());
  }

  void run() {
    for (Row row : file.byKey().values()) {
      for (Reference reference : REFERENCES) {
        if (reference.from() == row.table()) {
          check(row, reference);
        }
      }
    }
    orders(Table.STATE_TYPES);
    orders(Table.STATES);
  }

  private void check(Row row, Reference reference) {
    var parts = reference.columns().stream().map(row::value).filter(Objects::nonNull).toList();
    if (parts.size() < reference.columns().size()) {
      return; // nothing is named, or it was told that something must be
    }
    if (reference.to() == Table.BRANDS
        && !known.contains(new Row.Key(Table.CLIENTS, List.of(parts.getFirst())))) {
      return; // that there is no such client is told already
    }
    var wanted = new Row.Key(reference.to(), parts);
    if (!known.contains(wanted)) {
      var names =
          known.stream()
              .filter(key -> key.table() == reference.to())
              .map(key -> String.join("/", key.parts()))
              .sorted()
              .toList();
      problems.add(
          new YamlProblem(
              file.line(row.key(), reference.column()),
              "%s: there is no %s %s%s; %s"
                  .formatted(
                      row.key(),
                      wanted.table().noun(),
                      Quoted.text(String.join("/", parts)),
                      Nearest.hint(String.join("/", parts), names),
                      names.isEmpty()
                          ? "there is none at all, so add it"
                          : "name "
                              + (names.size() == 1 ? "" : "one of ")
                              + some(names)
                              + ", or add it")));
    }
  }

  private static String some(List<String> names) {
    return String.join(", ", names.subList(0, Math.min(12, names.size())))
        + (names.size() > 12 ? ", … (" + names.size() + ")" : "");
  }

  /** State types, and the states of one pipeline, must differ in their order. */
  private void orders(Table table) {
    var pipelines = file.names(Table.PIPELINES);
    var taken = new HashMap<String, Row>();
    for (Row row : merged.values()) {
      boolean stays =
          table == Table.STATE_TYPES
              || file.byKey().containsKey(row.key())
              || !pipelines.contains(row.value("pipeline"));
      if (row.table() != table || !stays) {
        continue;
      }
      var scope = table == Table.STATES ? row.text("pipeline") : "";
      var other = taken.putIfAbsent(scope + " " + row.value("graph_order"), row);
      if (other != null) {
        boolean isMine = file.byKey().containsKey(row.key());
        var mine = isMine ? row : other;
        problems.add(
            new YamlProblem(
                file.line(mine.key(), "graph_order"),
                "%s: graph_order %s is that of %s as well; each needs its own"
                    .formatted(
                        mine.key(), row.value("graph_order"), (isMine ? other : row).key())));
      }
    }
  }
}
