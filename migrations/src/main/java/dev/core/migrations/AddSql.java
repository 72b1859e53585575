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
import java.util.StringJoiner;
import java.util.function.Consumer;

/** The statements for what comes, from the inside out. */
final class AddSql {
  private final Vendor vendor;
  private final List<Difference> differences;
  private final DriftTables tables;
  private final List<DriftStatement> statements = new ArrayList<>();

  AddSql(Vendor vendor, List<Difference> differences) {
    this.vendor = vendor;
    this.differences = differences;
    this.tables = new DriftTables(differences);
  }

  List<DriftStatement> write() {
    each(Type.class, this::addType);
    each(Sequence.class, this::addSequence);
    each(Table.class, this::addTable);
    each(Column.class, this::addColumn);
    each(Constraint.class, difference -> addConstraint(difference, false));
    each(Constraint.class, difference -> addConstraint(difference, true));
    each(Index.class, this::addIndex);
    each(Routine.class, this::addRoutine);
    each(View.class, this::addView);
    each(Trigger.class, this::addTrigger);
    return statements;
  }

  private void each(Class<? extends SchemaItem> kind, Consumer<Difference> writer) {
    differences.stream().filter(difference -> kind.isInstance(difference.item())).forEach(writer);
  }

  private void add(String sql) {
    statements.add(DriftStatement.of(sql));
  }

  private void addType(Difference difference) {
    switch (difference) {
      case Added(Type type) ->
          add(vendor == Vendor.POSTGRESQL ? unlessThere(type.definition()) : type.definition());
      case Changed(Type expected, Type live) ->
          statements.add(
              DriftStatement.byHand(
                  "change %s\nfrom %s\nto %s"
                      .formatted(live.key(), expected.definition(), live.definition())));
      case Added _, Missing _, Changed _ -> {}
    }
  }

  /** Postgres has no "if not exists" for types. */
  private static String unlessThere(String statement) {
    return """
    do $$
    begin
      %s;
    exception
      when duplicate_object then null;
    end $$\
    """
        .formatted(statement);
  }

  private void addSequence(Difference difference) {
    switch (difference) {
      case Added(Sequence sequence) -> add(sequence.definition());
      case Changed(Sequence expected, Sequence live) ->
          statements.add(
              DriftStatement.byHand(
                  "change %s\nfrom %s\nto %s"
                      .formatted(live.key(), expected.definition(), live.definition())));
      case Added _, Missing _, Changed _ -> {}
    }
  }

  private void addTable(Difference difference) {
    if (!(difference instanceof Added(Table table))) {
      return;
    }
    var name = Names.of(table.schema(), table.name());
    var parts = new StringJoiner(",\n  ", "create table if not exists " + name + " (\n  ", "\n)");
    for (var other : differences) {
      if (other instanceof Added(Column column) && DriftTables.of(column).equals(name)) {
        parts.add(ColumnSql.definition(column));
      }
    }
    for (var other : differences) {
      if (other instanceof Added(Constraint constraint)
          && DriftTables.of(constraint).equals(name)
          && !constraint.isForeignKey()) {
        parts.add(constraint(constraint));
      }
    }
    add(parts.toString());
  }

  private static String constraint(Constraint constraint) {
    return (constraint.isNamed() ? "constraint " + Names.of(constraint.name()) + " " : "")
        + PortableSql.constraint(constraint.definition());
  }

  private void addColumn(Difference difference) {
    switch (difference) {
      case Added(Column column) -> {
        if (!tables.isNew(column)) {
          var sql =
              "alter table %s add column if not exists %s"
                  .formatted(DriftTables.of(column), ColumnSql.definition(column));
          var fails =
              !column.isNullable() && column.standard() == null && column.generated() == null
                  ? "Fails if the table has rows: give it a default, or fill it first."
                  : null;
          statements.add(new DriftStatement(sql, fails));
        }
      }
      case Changed(Column expected, Column live) ->
          statements.addAll(ColumnSql.change(expected, live));
      case Added _, Missing _, Changed _ -> {}
    }
  }

  private void addConstraint(Difference difference, boolean isForeignKey) {
    switch (difference) {
      case Added(Constraint constraint) -> {
        if (constraint.isForeignKey() == isForeignKey
            && (isForeignKey || !tables.isNew(constraint))) {
          replaceConstraint(constraint);
        }
      }
      case Changed(Constraint _, Constraint live) -> {
        if (live.isForeignKey() == isForeignKey) {
          replaceConstraint(live);
        }
      }
      case Added _, Missing _, Changed _ -> {}
    }
  }

  private void replaceConstraint(Constraint constraint) {
    if (constraint.isNamed()) {
      add(DropSql.dropConstraint(constraint));
    }
    add("alter table %s add %s".formatted(DriftTables.of(constraint), constraint(constraint)));
  }

  private void addIndex(Difference difference) {
    switch (difference) {
      case Added(Index index) -> add(PortableSql.index(index.definition()));
      case Changed(Index _, Index live) -> add(PortableSql.index(live.definition()));
      case Added _, Missing _, Changed _ -> {}
    }
  }

  private void addRoutine(Difference difference) {
    switch (difference) {
      case Added(Routine routine) -> add(routine.definition());
      case Changed(Routine expected, Routine live) -> {
        if (vendor == Vendor.H2) {
          add("drop alias if exists " + Names.of(expected.schema(), expected.name()));
        }
        add(live.definition());
      }
      case Added _, Missing _, Changed _ -> {}
    }
  }

  private void addView(Difference difference) {
    switch (difference) {
      case Added(View view) -> add(createView(view));
      case Changed(View _, View live) -> add(createView(live));
      case Added _, Missing _, Changed _ -> {}
    }
  }

  private static String createView(View view) {
    return (view.isMaterialized()
            ? "create materialized view if not exists "
            : "create or replace view ")
        + Names.of(view.schema(), view.name())
        + " as\n"
        + view.definition().strip();
  }

  private void addTrigger(Difference difference) {
    switch (difference) {
      case Added(Trigger trigger) -> addTrigger(trigger);
      case Changed(Trigger _, Trigger live) -> addTrigger(live);
      case Added _, Missing _, Changed _ -> {}
    }
  }

  private void addTrigger(Trigger trigger) {
    if (!DriftTables.isEditTrigger(trigger)) {
      add(DropSql.dropTrigger(vendor, trigger));
      add(trigger.definition());
    }
  }
}
