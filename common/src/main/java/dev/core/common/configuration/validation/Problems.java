package dev.core.common.configuration.validation;

import dev.core.common.configuration.validation.Problem.Severity;
import dev.core.common.variables.Quoted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gathers problems; of a pipeline that is not active, errors are only warnings. */
final class Problems {

  private final Set<Problem> all = new LinkedHashSet<>();
  private boolean mild;

  /** Until further notice errors are warnings. */
  void beMild(boolean mild) {
    this.mild = mild;
  }

  void error(Place place, @Nullable String column, String message, String remedy) {
    add(mild ? Severity.WARNING : Severity.ERROR, place, column, message, remedy);
  }

  void warning(Place place, @Nullable String column, String message, String remedy) {
    add(Severity.WARNING, place, column, message, remedy);
  }

  private void add(
      Severity severity, Place place, @Nullable String column, String message, String remedy) {
    all.add(
        new Problem(
            severity,
            place.table(),
            place.rowId(),
            Quoted.visible(place.rowName()),
            column,
            Quoted.visible(message),
            Quoted.visible(remedy)));
  }

  /** Errors first; then by table, row and column. */
  List<Problem> sorted() {
    var sorted = new ArrayList<>(all);
    sorted.sort(
        Comparator.comparing(Problem::severity)
            .thenComparing(Problem::table)
            .thenComparingLong(Problem::rowId)
            .thenComparing(problem -> String.valueOf(problem.column())));
    return sorted;
  }

  /** A row, as problems name it. */
  record Place(String table, long rowId, String rowName) {}
}
