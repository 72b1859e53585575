package dev.core.common.configuration.yaml;

import dev.core.common.configuration.validation.ConfigurationSnapshot;
import dev.core.common.configuration.validation.ConfigurationValidation;
import dev.core.common.configuration.validation.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The whole configuration validated as it is after an import.
 *
 * @param errors on things of the file, and on others that were right before
 * @param warnings on things of the file
 */
record ImportValidation(List<YamlProblem> errors, List<YamlProblem> warnings) {

  /** Columns that a file calls otherwise. */
  private static final Map<String, String> NAMES =
      Map.of(
          "text_value", "value",
          "pipeline_state_type_id", "state_type",
          "transformation_template_id", "template",
          "pool_id", "pool");

  /** Columns that a file and its rows call otherwise. */
  private static final Map<String, String> KEYS =
      Map.of("default_value", "default", "variable_structures", "variables");

  /** What is wrong now. */
  static Set<Problem> errors(Handle handle) {
    return ConfigurationValidation.validatePart(ConfigurationSnapshot.read(handle)).stream()
        .filter(Problem::isError)
        .collect(Collectors.toSet());
  }

  /**
   * @param before what was wrong before the import and is no fault of it
   */
  static ImportValidation of(Handle handle, FileRows file, Set<Problem> before) {
    var errors = new ArrayList<YamlProblem>();
    var warnings = new ArrayList<YamlProblem>();
    var stored = StoredRows.read(handle);
    for (Problem problem :
        ConfigurationValidation.validatePart(ConfigurationSnapshot.read(handle))) {
      int line =
          stored
              .key(problem.table(), problem.rowId())
              .map(key -> file.line(key, column(problem.column())))
              .orElse(0);
      if (problem.isError() && (line > 0 || !before.contains(problem))) {
        errors.add(shown(line, problem));
      } else if (!problem.isError() && line > 0) {
        warnings.add(shown(line, problem));
      }
    }
    warnings.sort(Comparator.comparingInt(YamlProblem::line));
    return new ImportValidation(errors, warnings);
  }

  private static @Nullable String column(@Nullable String column) {
    return Optional.ofNullable(column).map(name -> NAMES.getOrDefault(name, name)).orElse(null);
  }

  private static String key(String column) {
    return KEYS.getOrDefault(column, NAMES.getOrDefault(column, column));
  }

  private static YamlProblem shown(int line, Problem problem) {
    return new YamlProblem(
        line,
        "%s: %s%s; %s"
            .formatted(
                problem.rowName(),
                problem.column() == null ? "" : key(problem.column()) + ": ",
                problem.message(),
                problem.remedy()));
  }
}
