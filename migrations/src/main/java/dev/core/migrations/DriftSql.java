package dev.core.migrations;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes the statements that bring the schema of the migrations to that of the live database, in an
 * order in which they can be run: first what goes, from the outside in, then what comes, from the
 * inside out.
 */
final class DriftSql {
  private DriftSql() {}

  static List<DriftStatement> statements(Vendor vendor, List<Difference> differences) {
    var statements = new ArrayList<>(new DropSql(vendor, differences).write());
    statements.addAll(new AddSql(vendor, differences).write());
    return statements;
  }
}
