package dev.core.common.variables;

/**
 * What is wrong with a variable or a parameter.
 *
 * @param name of the variable or parameter
 * @param message a sentence without a full stop, which does not repeat the name
 */
public record VariableProblem(String name, String message) {
  @Override
  public String toString() {
    return name + ": " + message;
  }
}
