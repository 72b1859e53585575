package dev.core.common.configuration.validation;

import com.cronutils.model.Cron;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.core.common.variables.Checked;
import dev.core.common.variables.Nearest;
import dev.core.common.variables.Quoted;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Map;

/**
 * How often a pipeline runs: a word, with or without {@code @}, or a cron expression of five
 * fields. Names of months and days, {@code L}, {@code W}, {@code #} and {@code ?} are understood;
 * if day of month and day of week are both given, either is enough, as in every Unix.
 *
 * @param expression the cron expression, also for a word
 */
public record RunFrequency(String expression) {

  private static final Map<String, String> WORDS =
      Map.of(
          "hourly", "0 * * * *",
          "daily", "0 0 * * *",
          "weekly", "0 0 * * 0",
          "monthly", "0 0 1 * *",
          "yearly", "0 0 1 1 *");

  private static final CronDefinition DEFINITION =
      CronDefinitionBuilder.defineCron()
          .withMinutes()
          .withValidRange(0, 59)
          .withStrictRange()
          .and()
          .withHours()
          .withValidRange(0, 23)
          .withStrictRange()
          .and()
          .withDayOfMonth()
          .withValidRange(1, 31)
          .supportsL()
          .supportsW()
          .supportsLW()
          .withStrictRange()
          .and()
          .withMonth()
          .withValidRange(1, 12)
          .withStrictRange()
          .and()
          .withDayOfWeek()
          .withValidRange(0, 7)
          .withMondayDoWValue(1)
          .withIntMapping(7, 0)
          .supportsHash()
          .supportsL()
          .withStrictRange()
          .and()
          .instance();

  /** Any moment serves to see whether an expression ever fires. */
  private static final ZonedDateTime SOME_TIME =
      ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

  /** Reads a frequency as it stands in the store. */
  public static Checked<RunFrequency> parse(String text) {
    var word = text.strip().toLowerCase(Locale.ROOT);
    var bare = word.startsWith("@") ? word.substring(1) : word;
    var known = WORDS.get(bare);
    if (known != null) {
      return Checked.valid(new RunFrequency(known));
    }
    if (!bare.contains(" ")) {
      return Checked.invalid(
          Quoted.text(text)
              + " is no frequency"
              + Nearest.hint(bare, WORDS.keySet())
              + "; allowed: hourly, daily, weekly, monthly, yearly or a cron expression such as"
              + " '0 3 * * 1-5'");
    }
    try {
      var frequency = new RunFrequency(word.replaceAll("\\s+", " ").replace('?', '*'));
      return ExecutionTime.forCron(frequency.cron()).nextExecution(SOME_TIME).isPresent()
          ? Checked.valid(frequency)
          : Checked.invalid(Quoted.text(text) + " never fires: no month has such a day");
    } catch (IllegalArgumentException e) {
      return Checked.invalid(
          Quoted.text(text)
              + " is no cron expression: "
              + firstSentence(String.valueOf(e.getMessage())));
    }
  }

  /** The expression, for computing times with. */
  public Cron cron() {
    return new CronParser(DEFINITION).parse(expression.toUpperCase(Locale.ROOT));
  }

  private static String firstSentence(String message) {
    return message
        .replace("Failed to parse cron expression. ", "")
        .replaceAll(
            "Cron expression contains (\\d+) parts but we expect one of \\[5\\]",
            "it has $1 fields, and needs 5: minute, hour, day of month, month, day of week");
  }
}
