package dev.core.common.configuration.yaml;

/**
 * Why a file cannot be imported.
 *
 * @param line in the file, from 1; 0: not of one line
 */
public record YamlProblem(int line, String message) {
  @Override
  public String toString() {
    return line == 0 ? message : "line " + line + ": " + message;
  }
}
