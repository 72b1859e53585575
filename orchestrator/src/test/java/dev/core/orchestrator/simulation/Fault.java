package dev.core.orchestrator.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A fault that struck, as scripts name it: the {@code number}-th decision about that kind there.
 *
 * @param place whom or what it struck
 */
record Fault(FaultKind kind, String place, int number) {

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

  private static Fault of(String text) {
    int at = text.indexOf('@');
    int hash = text.lastIndexOf('#');
    if (at < 0 || hash < at) {
      throw new IllegalArgumentException(
          "'" + text + "' is no fault; a fault is KIND@place#number, as a failing seed prints it");
    }
    return new Fault(
        FaultKind.valueOf(text.substring(0, at)),
        text.substring(at + 1, hash),
        Integer.parseInt(text.substring(hash + 1)));
  }
}
