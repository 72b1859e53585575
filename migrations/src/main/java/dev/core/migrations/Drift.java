package dev.core.migrations;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a live database differs from the schema that the migrations give: in tables, columns (type,
 * null, default), constraints, indexes, views, functions, triggers, types and sequences of the
 * schemas {@code configuration}, {@code execution} and {@code auditing}. Owners, rights and rows
 * are not compared.
 */
public record Drift(Vendor vendor, List<Difference> differences) {
  public Drift {
    differences = List.copyOf(differences);
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return differences.isEmpty();
  }

  /**
   * For a person: a line for each difference; what is part of an added or missing table is left
   * out.
   */
  public String describe() {
    if (isEmpty()) {
      return "The database is as the migrations make it.";
    }
    var whole = wholeTables();
    return differences.stream()
        .filter(difference -> !isPartOf(whole, difference.item()))
        .map(Difference::describe)
        .collect(Collectors.joining(System.lineSeparator()));
  }

  /**
   * The same as SQL: what brings the schema of the migrations to that of the database. It can be
   * run where part of it is done already. Empty if there is no drift.
   */
  public String sql() {
    return statements().stream().map(DriftStatement::text).collect(Collectors.joining("\n"));
  }

  List<DriftStatement> statements() {
    return DriftSql.statements(vendor, differences);
  }

  private Set<String> wholeTables() {
    var tables = new HashSet<String>();
    for (var difference : differences) {
      if (difference.item() instanceof SchemaItem.Table table) {
        tables.add(Names.of(table.schema(), table.name()));
      }
    }
    return tables;
  }

  private static boolean isPartOf(Set<String> tables, SchemaItem item) {
    var table = item.table();
    return table != null && tables.contains(Names.of(item.schema(), table));
  }
}
