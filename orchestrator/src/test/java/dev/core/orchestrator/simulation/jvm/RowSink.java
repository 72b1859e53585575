package dev.core.orchestrator.simulation.jvm;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hears of every row that a statement changes, before its transaction ends. */
@FunctionalInterface
public interface RowSink {

  /**
   * @param columns where each column is in the rows
   * @param before null: inserted
   * @param after null: deleted
   */
  void changed(
      String table,
      Map<String, Integer> columns,
      @Nullable Object @Nullable [] before,
      @Nullable Object @Nullable [] after);
}
