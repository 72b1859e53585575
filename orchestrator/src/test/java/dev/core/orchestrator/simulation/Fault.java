package dev.core.orchestrator.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fault that struck, as scripts name it: the {@code number}-th decision about that kind there.
 *
 * @param place whom or what it struck
 */
record Fault(FaultKind kind, String place, int number) {

  private static final Pattern FORM = Pattern.compile("([A-Z_]+)@(.+)#([0-9]{1,9})");

  @Override
  public String toString() {
    return kind + "@" + place + "#" + number;
  }

  /** Of a script: faults between commas. */
  static List<Fault> script(String text) {
    var faults = new ArrayList<Fault>();
    Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(each -> !each.isEmpty())
        .forEach(each -> faults.add(of(each)));
    return faults;
  }

  /** Why a text is no script; empty: it is one. */
  static List<String> problems(String text) {
    var problems = new ArrayList<String>();
    for (String each : text.split(",")) {
      if (!each.isBlank() && !isFault(each.strip())) {
        problems.add(
            "'%s' is no fault; a fault is KIND@place#number, as a failing seed prints it; kinds: %s"
                .formatted(each.strip(), Arrays.toString(FaultKind.values())));
      }
    }
    return problems;
  }

  private static boolean isFault(String text) {
    Matcher parts = FORM.matcher(text);
    return parts.matches()
        && Arrays.stream(FaultKind.values()).anyMatch(kind -> kind.name().equals(parts.group(1)));
  }

  private static Fault of(String text) {
    if (!isFault(text)) {
      throw new IllegalArgumentException(String.join("\n", problems(text)));
    }
    Matcher parts = FORM.matcher(text);
    boolean _ = parts.matches();
    return new Fault(
        FaultKind.valueOf(parts.group(1)), parts.group(2), Integer.parseInt(parts.group(3)));
  }
}
