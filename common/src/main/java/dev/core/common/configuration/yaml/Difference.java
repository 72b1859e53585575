package dev.core.common.configuration.yaml;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row that an import creates, changes or deletes.
 *
 * @param table its table in the store
 * @param noun what people call such a row
 * @param name what they call this one
 * @param columns what it gets, what changes, or what it had
 */
public record Difference(
    Kind kind, String table, String noun, String name, List<ColumnChange> columns) {

  public Difference {
    columns = List.copyOf(columns);
  }

  public enum Kind {
    CREATED,
    CHANGED,
    DELETED
  }

  /** A value before and after; null: nothing. */
  public record ColumnChange(String column, @Nullable String before, @Nullable String after) {}

  /** All of them for a person to read; one line if there are none. */
  public static String text(List<Difference> differences) {
    return DifferenceText.of(differences);
  }
}
