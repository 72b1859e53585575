package dev.core.common.variables;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody probably meant. Pure; of equally near names the first in order. */
public final class Nearest {

  /** Longer texts are no slip of the finger, and comparing them would cost. */
  private static final int LONGEST = 300;

  private Nearest() {}

  /** The known name that is nearest, if one is near enough to be worth saying. */
  public static Optional<String> to(String name, Collection<String> known) {
    return to(name, known, Math.min(name.length() - 1, Math.max(1, name.length() / 3)));
  }

  private static Optional<String> to(String name, Collection<String> known, int atMost) {
    if (name.length() > LONGEST) {
      return Optional.empty();
    }
    var wanted = name.toLowerCase(Locale.ROOT);
    String best = null;
    int distance = atMost + 1;
    for (String candidate : known.stream().sorted().toList()) {
      if (candidate.length() > LONGEST
          || Math.abs(candidate.length() - wanted.length()) >= distance) {
        continue;
      }
      int next = distance(wanted, candidate.toLowerCase(Locale.ROOT));
      if (next < distance) {
        distance = next;
        best = candidate;
      }
    }
    return Optional.ofNullable(best);
  }

  /** {@code "; did you mean 'x'?"}, or nothing. */
  public static String hint(String name, Collection<String> known) {
    return hint(to(name, known));
  }

  /** The same for names that are long and alike, such as paths: at most so many letters differ. */
  public static String hint(String name, Collection<String> known, int atMost) {
    return hint(to(name, known, atMost));
  }

  private static String hint(Optional<String> near) {
    return near.map(name -> "; did you mean '" + name + "'?").orElse("");
  }

  /** Insertions, deletions, replacements and swapped neighbours (optimal string alignment). */
  private static int distance(String left, String right) {
    int[][] cost = new int[left.length() + 1][right.length() + 1];
    for (int i = 0; i <= left.length(); i++) {
      cost[i][0] = i;
    }
    for (int j = 0; j <= right.length(); j++) {
      cost[0][j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      for (int j = 1; j <= right.length(); j++) {
        int replace = cost[i - 1][j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        cost[i][j] = Math.min(replace, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && left.charAt(i - 1) == right.charAt(j - 2)
                && left.charAt(i - 2) == right.charAt(j - 1);
        if (swapped) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[left.length()][right.length()];
  }
}
