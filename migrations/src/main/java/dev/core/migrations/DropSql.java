package dev.core.migrations;

import dev.core.migrations.Difference.Added;
import dev.core.migrations.Difference.Changed;
import dev.core.migrations.Difference.Missing;
import dev.core.migrations.SchemaItem.Column;
import dev.core.migrations.SchemaItem.Constraint;
import dev.core.migrations.SchemaItem.Index;
import dev.core.migrations.SchemaItem.Routine;
import dev.core.migrations.SchemaItem.Sequence;
import dev.core.migrations.SchemaItem.Table;
import dev.core.migrations.SchemaItem.Trigger;
import dev.core.migrations.SchemaItem.Type;
import dev.core.migrations.SchemaItem.View;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The statements for what goes, from the outside in. */
final class DropSql {
  private final Vendor vendor;
  private final List<Difference> differences;
  private final DriftTables tables;
  private final List<DriftStatement> statements = new ArrayList<>();

  DropSql(Vendor vendor, List<Difference> differences) {
    this.vendor = vendor;
    this.differences = differences;
    this.tables = new DriftTables(differences);
  }

  List<DriftStatement> write() {
    each(Trigger.class, this::dropTrigger);
    each(View.class, this::dropView);
    each(Constraint.class, difference -> dropConstraint(difference, true));
    each(Constraint.class, difference -> dropConstraint(difference, false));
    each(Index.class, this::dropIndex);
    each(Column.class, this::dropColumn);
    each(Table.class, this::dropTable);
    each(Routine.class, this::dropRoutine);
    each(Sequence.class, this::dropSequence);
    each(Type.class, this::dropType);
    return statements;
  }

  private void each(Class<? extends SchemaItem> kind, Consumer<Difference> writer) {
    differences.stream().filter(difference -> kind.isInstance(difference.item())).forEach(writer);
  }

  private void add(String sql) {
    statements.add(DriftStatement.of(sql));
  }

  private void dropTrigger(Difference difference) {
    if (difference instanceof Missing(Trigger trigger)
        && !DriftTables.isEditTrigger(trigger)
        && !tables.isGone(trigger)) {
      add(dropTrigger(vendor, trigger));
    }
  }

  static String dropTrigger(Vendor vendor, Trigger trigger) {
    return vendor == Vendor.POSTGRESQL
        ? "drop trigger if exists %s on %s"
            .formatted(Names.of(trigger.name()), DriftTables.of(trigger))
        : "drop trigger if exists " + Names.of(trigger.schema(), trigger.name());
  }

  private void dropView(Difference difference) {
    switch (difference) {
      case Missing(View view) -> add(dropView(view));
      case Changed(View expected, View _) -> add(dropView(expected));
      case Added _, Missing _, Changed _ -> {}
    }
  }

  private static String dropView(View view) {
    return "drop %sview if exists %s"
        .formatted(
            view.isMaterialized() ? "materialized " : "", Names.of(view.schema(), view.name()));
  }

  private void dropConstraint(Difference difference, boolean isForeignKey) {
    if (difference instanceof Missing(Constraint constraint)
        && constraint.isForeignKey() == isForeignKey
        && (isForeignKey || !tables.isGone(constraint))) {
      if (constraint.isNamed()) {
        add(dropConstraint(constraint));
      } else {
        statements.add(
            DriftStatement.byHand(
                "drop the unnamed constraint %s of %s"
                    .formatted(constraint.definition(), DriftTables.of(constraint))));
      }
    }
  }

  static String dropConstraint(Constraint constraint) {
    return "alter table if exists %s drop constraint if exists %s"
        .formatted(DriftTables.of(constraint), Names.of(constraint.name()));
  }

  private void dropIndex(Difference difference) {
    switch (difference) {
      case Missing(Index index) -> {
        if (!tables.isGone(index)) {
          add("drop index if exists " + Names.of(index.schema(), index.name()));
        }
      }
      case Changed(Index expected, Index _) ->
          add("drop index if exists " + Names.of(expected.schema(), expected.name()));
      case Added _, Missing _, Changed _ -> {}
    }
  }

  private void dropColumn(Difference difference) {
    if (difference instanceof Missing(Column column) && !tables.isGone(column)) {
      statements.add(
          DriftStatement.destructive(
              "the values of column %s.%s are lost"
                  .formatted(DriftTables.of(column), column.name()),
              "alter table %s drop column if exists %s"
                  .formatted(DriftTables.of(column), Names.of(column.name()))));
    }
  }

  private void dropTable(Difference difference) {
    if (difference instanceof Missing(Table table)) {
      var name = Names.of(table.schema(), table.name());
      statements.add(
          DriftStatement.destructive(
              "the rows of table " + name + " are lost", "drop table if exists " + name));
    }
  }

  private void dropRoutine(Difference difference) {
    if (difference instanceof Missing(Routine routine)) {
      var name = Names.of(routine.schema()) + "." + routine.name();
      add(
          (vendor == Vendor.POSTGRESQL ? "drop routine if exists " : "drop alias if exists ")
              + name);
    }
  }

  private void dropSequence(Difference difference) {
    if (difference instanceof Missing(Sequence sequence)) {
      add("drop sequence if exists " + Names.of(sequence.schema(), sequence.name()));
    }
  }

  private void dropType(Difference difference) {
    if (difference instanceof Missing(Type type)) {
      var kind = type.definition().startsWith("create domain") ? "domain" : "type";
      add("drop %s if exists %s".formatted(kind, Names.of(type.schema(), type.name())));
    }
  }
}
