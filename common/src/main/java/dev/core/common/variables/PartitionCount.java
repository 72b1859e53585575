package dev.core.common.variables;

import java.util.regex.Pattern;

/**
 * In how many partitions a task is split: a whole number, given or computed from parameters and
 * from what upstream tasks returned.
 */
public final class PartitionCount {

  /** More than these nobody could look at. */
  public static final int MOST = 100_000;

  public static final int LONGEST_TEXT = 1_000;

  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

  private PartitionCount() {}

  /**
   * What the text says when a run makes it a number.
   *
   * @param text as it stands in the store, with {@code ${…}} not yet resolved
   */
  public static Checked<Integer> of(String text, ResolutionContext context) {
    return switch (Interpolation.parse(text).resolve(context)) {
      case Checked.Invalid<String>(var problems) ->
          new Checked.Invalid<>(problems.stream().map(PartitionCount::named).toList());
      case Checked.Valid<String>(var value) ->
          read(value) instanceof Checked.Invalid<Integer>(var problems)
              ? new Checked.Invalid<>(
                  problems.stream()
                      .map(problem ->
                          named(problem)
                              + (value.equals(text) ? "" : "; from " + Quoted.text(text)))
                      .toList())
              : read(value);
    };
  }

  private static String named(String problem) {
    return "partitions: " + problem;
  }

  /** A number in words of the store. */
  public static Checked<Integer> read(String text) {
    String number = text.strip();
    int count = NUMBER.matcher(number).matches() ? Integer.parseInt(number) : 0;
    return count < 1 || count > MOST
        ? Checked.invalid(
            "%s is no number of partitions; it must be a whole number from 1 to %,d"
                .formatted(Quoted.text(text), MOST))
        : new Checked.Valid<>(count);
  }
}
