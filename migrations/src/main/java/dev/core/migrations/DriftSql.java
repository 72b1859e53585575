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
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Writes the statements that bring the schema of the migrations to that of the live database, in an
 * order in which they can be run: first what goes, from the outside in, then what comes, from the
 * inside out.
 */
final class DriftSql {
  /** Put on every table of the configuration after each migration, so never part of one. */
  private static final List<String> EDIT_TRIGGERS =
      List.of("stamp_edit", "record_edit", "record_update", "notify_edit", "refuse_truncate");

  private final Vendor vendor;
  private final List<Difference> differences;
  private final Set<String> goneTables = new HashSet<>();
  private final Set<String> newTables = new HashSet<>();
  private final List<DriftStatement> statements = new ArrayList<>();

  private DriftSql(Vendor vendor, List<Difference> differences) {
    this.vendor = vendor;
    this.differences = differences;
    for (var difference : differences) {
      if (difference.item() instanceof Table table) {
        (difference instanceof Added ? newTables : goneTables)
            .add(Names.of(table.schema(), table.name()));
      }
    }
  }

  static List<DriftStatement> statements(Vendor vendor, List<Difference> differences) {
    return new DriftSql(vendor, differences).write();
  }

  private List<DriftStatement> write() {
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

  private void each(
      Class<? extends SchemaItem> kind, java.util.function.Consumer<Difference> writer) {
    differences.stream().filter(difference -> kind.isInstance(difference.item())).forEach(writer);
  }

  private void add(String sql) {
    statements.add(DriftStatement.of(sql));
  }

  // What goes

  private void dropTrigger(Difference difference) {
    if (difference instanceof Missing(Trigger trigger)
        && !isEditTrigger(trigger)
        && !isGone(trigger)) {
      add(dropTrigger(trigger));
    }
  }

  private String dropTrigger(Trigger trigger) {
    return vendor == Vendor.POSTGRESQL
        ? "drop trigger if exists %s on %s".formatted(Names.of(trigger.name()), tableOf(trigger))
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
        && (isForeignKey || !isGone(constraint))) {
      if (constraint.isNamed()) {
        add(dropConstraint(constraint));
      } else {
        statements.add(
            DriftStatement.byHand(
                "drop the unnamed constraint %s of %s"
                    .formatted(constraint.definition(), tableOf(constraint))));
      }
    }
  }

  private static String dropConstraint(Constraint constraint) {
    return "alter table if exists %s drop constraint if exists %s"
        .formatted(tableOf(constraint), Names.of(constraint.name()));
  }

  private void dropIndex(Difference difference) {
    switch (difference) {
      case Missing(Index index) -> {
        if (!isGone(index)) {
          add("drop index if exists " + Names.of(index.schema(), index.name()));
        }
      }
      case Changed(Index expected, Index _) ->
          add("drop index if exists " + Names.of(expected.schema(), expected.name()));
      case Added _, Missing _, Changed _ -> {}
    }
  }

  private void dropColumn(Difference difference) {
    if (difference instanceof Missing(Column column) && !isGone(column)) {
      statements.add(
          DriftStatement.destructive(
              "the values of column %s.%s are lost".formatted(tableOf(column), column.name()),
              "alter table %s drop column if exists %s"
                  .formatted(tableOf(column), Names.of(column.name()))));
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

  // What comes

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
      if (other instanceof Added(Column column) && tableOf(column).equals(name)) {
        parts.add(column(column));
      }
    }
    for (var other : differences) {
      if (other instanceof Added(Constraint constraint)
          && tableOf(constraint).equals(name)
          && !constraint.isForeignKey()) {
        parts.add(constraint(constraint));
      }
    }
    add(parts.toString());
  }

  private static String column(Column column) {
    return Names.of(column.name())
        + " "
        + column.type()
        + (column.generated() == null ? "" : " " + column.generated())
        + (column.standard() == null ? "" : " default " + PortableSql.expression(column.standard()))
        + (column.isNullable() ? "" : " not null");
  }

  private static String constraint(Constraint constraint) {
    return (constraint.isNamed() ? "constraint " + Names.of(constraint.name()) + " " : "")
        + PortableSql.constraint(constraint.definition());
  }

  private void addColumn(Difference difference) {
    switch (difference) {
      case Added(Column column) -> {
        if (!isNew(column)) {
          var sql =
              "alter table %s add column if not exists %s"
                  .formatted(tableOf(column), column(column));
          var fails =
              !column.isNullable() && column.standard() == null && column.generated() == null
                  ? "Fails if the table has rows: give it a default, or fill it first."
                  : null;
          statements.add(new DriftStatement(sql, fails));
        }
      }
      case Changed(Column expected, Column live) -> changeColumn(expected, live);
      case Added _, Missing _, Changed _ -> {}
    }
  }

  private void changeColumn(Column expected, Column live) {
    var alter = "alter table %s alter column %s ".formatted(tableOf(live), Names.of(live.name()));
    if (!expected.type().equals(live.type())) {
      statements.add(
          new DriftStatement(
              alter + "set data type " + live.type(),
              "From %s; fails if a value does not fit.".formatted(expected.type())));
    }
    if (!Objects.equals(expected.standard(), live.standard())) {
      add(
          live.standard() == null
              ? alter + "drop default"
              : alter + "set default " + PortableSql.expression(live.standard()));
    }
    if (expected.isNullable() && !live.isNullable()) {
      statements.add(
          new DriftStatement(
              alter + "set not null", "Fails if a row has no value: fill it first."));
    } else if (!expected.isNullable() && live.isNullable()) {
      add(alter + "drop not null");
    }
    if (!Objects.equals(expected.generated(), live.generated())) {
      statements.add(
          DriftStatement.byHand(
              "column %s.%s is %s, and %s in the database"
                  .formatted(
                      tableOf(live),
                      live.name(),
                      orPlain(expected.generated()),
                      orPlain(live.generated()))));
    }
  }

  private static String orPlain(@Nullable String generated) {
    return generated == null ? "plain" : generated;
  }

  private void addConstraint(Difference difference, boolean isForeignKey) {
    switch (difference) {
      case Added(Constraint constraint) -> {
        if (constraint.isForeignKey() == isForeignKey && (isForeignKey || !isNew(constraint))) {
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
      add(dropConstraint(constraint));
    }
    add("alter table %s add %s".formatted(tableOf(constraint), constraint(constraint)));
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
    if (!isEditTrigger(trigger)) {
      add(dropTrigger(trigger));
      add(trigger.definition());
    }
  }

  private static boolean isEditTrigger(Trigger trigger) {
    return EDIT_TRIGGERS.stream().anyMatch(name -> trigger.name().endsWith(name));
  }

  private boolean isGone(SchemaItem part) {
    return goneTables.contains(tableOf(part));
  }

  private boolean isNew(SchemaItem part) {
    return newTables.contains(tableOf(part));
  }

  private static String tableOf(SchemaItem part) {
    return Names.of(part.schema(), Objects.requireNonNull(part.table(), part::key));
  }
}
