package dev.core.common.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Gathers values from the environment and {@code .env}, and every fault in them. */
final class SettingsReader {
  private static final String PREFIX = "CORE_";
  private static final int TYPING_ERRORS = 4;

  /** What a transformation's shell finds in its environment; it may call CORE's own programs. */
  private static final Pattern OF_A_SHELL =
      Pattern.compile(
          "CORE_(RUN_ID|TASK_KEY|LOGICAL_DATE|PARTITIONS?|RESULT|OUTPUT|(INPUT|OUTPUT)_.*)");

  private final EnumMap<Setting, String> values = new EnumMap<>(Setting.class);
  private final List<String> problems = new ArrayList<>();

  /**
   * The values that are set, all of them allowed.
   *
   * @throws SettingsProblem otherwise
   */
  static EnumMap<Setting, String> read(Map<String, String> environment, Path directory) {
    var reader = new SettingsReader();
    var file = DotEnv.read(directory.resolve(".env"));
    reader.problems.addAll(file.problems());
    reader.take(file.values(), " in .env");
    reader.take(environment, "");
    reader.checkTogether();
    if (!reader.problems.isEmpty()) {
      throw new SettingsProblem(reader.problems);
    }
    return reader.values;
  }

  private void take(Map<String, String> source, String where) {
    var known =
        Arrays.stream(Setting.values()).collect(Collectors.toMap(Setting::name, each -> each));
    // Sorted, so that the same faults always give the same text.
    new TreeMap<>(source)
        .forEach((name, value) -> {
          var setting = known.get(name);
          if (setting != null) {
            take(setting, value, where);
          } else if (name.startsWith(PREFIX) && !OF_A_SHELL.matcher(name).matches()) {
            problems.add(name + where + " is not a setting" + nearest(name));
          }
        });
  }

  private void take(Setting setting, String value, String where) {
    if (value.isBlank()) {
      // Compose files and shells hand over empty variables; they mean unset.
      values.remove(setting);
    } else if (setting.kind().accepts().test(value.strip())) {
      values.put(setting, value.strip());
    } else {
      var shown = setting.isSecret() ? "(hidden)" : "'" + redacted(value) + "'";
      problems.add(setting + where + " is " + shown + "; allowed: " + setting.kind().allowed());
    }
  }

  /** A mistyped URL must not show the password that it may hold. */
  private static String redacted(String value) {
    return value.replaceAll("://[^/@]*@", "://…@").replaceAll("(?i)(password=)[^&;]*", "$1…");
  }

  private void checkTogether() {
    inOrder(Setting.CORE_CLAIM_RENEW_SECONDS, Setting.CORE_CLAIM_STOP_SECONDS);
    inOrder(Setting.CORE_CLAIM_STOP_SECONDS, Setting.CORE_CLAIM_LEASE_SECONDS);
    var environment = values.getOrDefault(Setting.CORE_ENV, "dev");
    if (!environment.equalsIgnoreCase("dev") && values.containsKey(Setting.CORE_SECRETS_FILE)) {
      problems.add(
          "CORE_SECRETS_FILE is '"
              + values.get(Setting.CORE_SECRETS_FILE)
              + "'; a file of secrets is for dev only, and CORE_ENV is '"
              + environment
              + "'");
    }
  }

  private void inOrder(Setting lower, Setting higher) {
    int low = number(lower);
    int high = number(higher);
    if (low >= high) {
      problems.add(
          higher + " is '" + high + "'; allowed: more than " + lower + ", which is '" + low + "'");
    }
  }

  private int number(Setting setting) {
    var text = values.get(setting);
    return Integer.parseInt(text != null ? text : String.valueOf(setting.defaultText()));
  }

  private static String nearest(String name) {
    return Arrays.stream(Setting.values())
        .map(Setting::name)
        .min(Comparator.comparingInt(each -> distance(name, each)))
        .filter(each -> distance(name, each) <= TYPING_ERRORS)
        .map(each -> "; did you mean " + each + "?")
        .orElse("; .env.template lists all that are");
  }

  /** Levenshtein's: the least number of characters to insert, delete or replace. */
  static int distance(String a, String b) {
    var previous = new int[b.length() + 1];
    Arrays.setAll(previous, i -> i);
    for (int i = 1; i <= a.length(); i++) {
      var current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
