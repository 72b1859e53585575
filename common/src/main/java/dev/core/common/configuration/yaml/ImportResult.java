package dev.core.common.configuration.yaml;

import java.util.List;

/** What became of an import. */
public sealed interface ImportResult {

  /** Everything was written, or would have been. */
  record Accepted(List<Difference> differences, List<YamlProblem> warnings)
      implements ImportResult {
    public Accepted {
      differences = List.copyOf(differences);
      warnings = List.copyOf(warnings);
    }
  }

  /** Nothing was written; all that is wrong, by line. */
  record Refused(List<YamlProblem> problems) implements ImportResult {
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
