package dev.core.common.settings;

import java.util.List;

/** Settings that cannot be used; lists every fault, one a line, without values of secrets. */
public final class SettingsProblem extends RuntimeException {
  private final List<String> problems;

  SettingsProblem(List<String> problems) {
    super(
        (problems.size() == 1 ? "a setting is wrong:" : problems.size() + " settings are wrong:")
            + "\n  "
            + String.join("\n  ", problems));
    this.problems = List.copyOf(problems);
  }

  /** One sentence for each fault: name, value, what is allowed. */
  public List<String> problems() {
    return problems;
  }
}
