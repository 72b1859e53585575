package dev.core.orchestrator.cli;

import dev.core.common.variables.Quoted;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Says what exists instead of a name that does not, the most similar first. */
final class Names {

  private static final int SHOWN = 8;

  /** What is longer is no slip of the finger, and comparing it would cost. */
  private static final int LONGEST_COMPARED = 300;

  private Names() {}

  /**
   * @param kind what the name should have named, such as {@code pipeline}
   * @param create what to do when there are none at all
   */
  static Refused unknown(String kind, String name, Collection<String> existing, String create) {
    return missing("there is no %s %s".formatted(kind, Quoted.text(name)), name, existing, create);
  }

  /**
   * @param what is missing, as the beginning of a sentence
   */
  static Refused missing(String what, String name, Collection<String> existing, String create) {
    if (existing.isEmpty()) {
      return new Refused("%s, and none at all yet; %s".formatted(what, create));
    }
    var near = nearest(name, existing);
    var shown = String.join(", ", near.subList(0, Math.min(SHOWN, near.size())));
    var more = near.size() > SHOWN ? " and %d more".formatted(near.size() - SHOWN) : "";
    return new Refused("%s; there is: %s%s".formatted(what, shown, more));
  }

  /** All names, those that look most like the given one first. */
  static List<String> nearest(String name, Collection<String> existing) {
    var wanted =
        name.substring(0, Math.min(LONGEST_COMPARED, name.length())).toLowerCase(Locale.ROOT);
    return existing.stream()
        .distinct()
        .sorted(
            Comparator.comparingInt(
                    (String each) -> distance(wanted, each.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  /** Edits between two words; a word that begins with or contains the other counts as near. */
  private static int distance(String wanted, String other) {
    if (!wanted.isEmpty() && other.contains(wanted)) {
      return other.startsWith(wanted) ? 0 : 1;
    }
    var previous = new int[other.length() + 1];
    for (var j = 0; j <= other.length(); j++) {
      previous[j] = j;
    }
    for (var i = 1; i <= wanted.length(); i++) {
      var current = new int[other.length() + 1];
      current[0] = i;
      for (var j = 1; j <= other.length(); j++) {
        var substituted = previous[j - 1] + (wanted.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(substituted, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[other.length()] + 1;
  }
}
