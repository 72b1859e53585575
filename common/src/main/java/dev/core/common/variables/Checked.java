package dev.core.common.variables;

import java.util.List;
import java.util.function.Function;

/**
 * What reading a text gives: a value, or everything that is wrong with the text. Bad text is
 * expected, so it is a result and not an exception.
 */
public sealed interface Checked<T> {

  /** The text was good. */
  record Valid<T>(T value) implements Checked<T> {}

  /** The text was not; each problem is a sentence without a full stop. */
  record Invalid<T>(List<String> problems) implements Checked<T> {
    public Invalid {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("invalid without a problem");
      }
    }
  }

  static <T> Checked<T> valid(T value) {
    return new Valid<>(value);
  }

  static <T> Checked<T> invalid(String problem) {
    return new Invalid<>(List.of(problem));
  }

  /** None, if the text was good. */
  default List<String> problems() {
    return switch (this) {
      case Valid<T> _ -> List.of();
      case Invalid<T>(var problems) -> problems;
    };
  }

  default <R> Checked<R> map(Function<T, R> change) {
    return switch (this) {
      case Valid<T>(var value) -> new Valid<>(change.apply(value));
      case Invalid<T>(var problems) -> new Invalid<>(problems);
    };
  }

  /**
   * For texts that were validated before.
   *
   * @throws IllegalArgumentException with all problems, if there are any
   */
  default T orThrow() {
    return switch (this) {
      case Valid<T>(var value) -> value;
      case Invalid<T>(var problems) ->
          throw new IllegalArgumentException(String.join("; ", problems));
    };
  }
}
