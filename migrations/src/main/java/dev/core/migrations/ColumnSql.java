package dev.core.migrations;

import dev.core.migrations.SchemaItem.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Columns as SQL. */
final class ColumnSql {
  private ColumnSql() {}

  /** As it stands in a create table. */
  static String definition(Column column) {
    return Names.of(column.name())
        + " "
        + column.type()
        + (column.generated() == null ? "" : " " + column.generated())
        + (column.standard() == null ? "" : " default " + PortableSql.expression(column.standard()))
        + (column.isNullable() ? "" : " not null");
  }

  /** What makes a column that the migrations expect to be the live one. */
  static List<DriftStatement> change(Column expected, Column live) {
    var statements = new ArrayList<DriftStatement>();
    var alter =
        "alter table %s alter column %s ".formatted(DriftTables.of(live), Names.of(live.name()));
    if (!expected.type().equals(live.type())) {
      statements.add(
          new DriftStatement(
              alter + "set data type " + live.type(),
              "From %s; fails if a value does not fit.".formatted(expected.type())));
    }
    if (!Objects.equals(expected.standard(), live.standard())) {
      statements.add(
          DriftStatement.of(
              live.standard() == null
                  ? alter + "drop default"
                  : alter + "set default " + PortableSql.expression(live.standard())));
    }
    if (expected.isNullable() && !live.isNullable()) {
      statements.add(
          new DriftStatement(
              alter + "set not null", "Fails if a row has no value: fill it first."));
    } else if (!expected.isNullable() && live.isNullable()) {
      statements.add(DriftStatement.of(alter + "drop not null"));
    }
    if (!Objects.equals(expected.generated(), live.generated())) {
      statements.add(
          DriftStatement.byHand(
              "column %s.%s is %s, and %s in the database"
                  .formatted(
                      DriftTables.of(live),
                      live.name(),
                      orPlain(expected.generated()),
                      orPlain(live.generated()))));
    }
    return statements;
  }

  private static String orPlain(@Nullable String generated) {
    return generated == null ? "plain" : generated;
  }
}
