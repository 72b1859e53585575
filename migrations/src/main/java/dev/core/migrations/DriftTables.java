package dev.core.migrations;

import dev.core.migrations.Difference.Added;
import dev.core.migrations.SchemaItem.Table;
import dev.core.migrations.SchemaItem.Trigger;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Which tables a drift adds and takes away: their parts come and go with them. */
final class DriftTables {
  /** Put on every table of the configuration after each migration, so never part of one. */
  private static final List<String> EDIT_TRIGGERS =
      List.of("stamp_edit", "record_edit", "record_update", "notify_edit", "refuse_truncate");

  private final Set<String> gone = new HashSet<>();
  private final Set<String> added = new HashSet<>();

  DriftTables(List<Difference> differences) {
    for (var difference : differences) {
      if (difference.item() instanceof Table table) {
        (difference instanceof Added ? added : gone).add(Names.of(table.schema(), table.name()));
      }
    }
  }

  boolean isGone(SchemaItem part) {
    return gone.contains(of(part));
  }

  boolean isNew(SchemaItem part) {
    return added.contains(of(part));
  }

  /** The table that something is a part of, as SQL names it. */
  static String of(SchemaItem part) {
    return Names.of(part.schema(), Objects.requireNonNull(part.table(), part::key));
  }

  static boolean isEditTrigger(Trigger trigger) {
    return EDIT_TRIGGERS.stream().anyMatch(name -> trigger.name().endsWith(name));
  }
}
