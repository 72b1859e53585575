package dev.core.common.configuration.validation;

import com.cronutils.model.Cron;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.core.common.variables.Checked;
import dev.core.common.variables.Nearest;
import dev.core.common.variables.Quoted;
import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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

  /** What each field may be made of: the library lets more pass than it understands. */
  private static final List<Field> FIELDS =
      List.of(
          new Field("minute", "[0-9*/,-]+"),
          new Field("hour", "[0-9*/,-]+"),
          new Field("day of month", "[0-9*/,lw-]+"),
          new Field("month", "([0-9*/,-]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)+"),
          new Field("day of week", "([0-9*/,l-]|#[1-5]|sun|mon|tue|wed|thu|fri|sat)+"));

  private record Field(String name, String pattern) {}

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
    if (!bare.strip().contains(" ") && !bare.contains("\t")) {
      return Checked.invalid(
          Quoted.text(text)
              + " is no frequency"
              + Nearest.hint(bare, WORDS.keySet())
              + "; allowed: hourly, daily, weekly, monthly, yearly or a cron expression such as"
              + " '0 3 * * 1-5'");
    }
    var expression = bare.replaceAll("\\s+", " ").replace('?', '*');
    return problem(expression)
        .map(why -> Checked.<RunFrequency>invalid(Quoted.text(text) + why))
        .orElseGet(() -> Checked.valid(new RunFrequency(expression)));
  }

  /** Why it is no expression that ever fires. */
  private static Optional<String> problem(String expression) {
    var fields = expression.split(" ");
    if (fields.length != FIELDS.size()) {
      return Optional.of(
          " is no cron expression: it has %d fields, and needs 5: %s"
              .formatted(
                  fields.length, String.join(", ", FIELDS.stream().map(Field::name).toList())));
    }
    for (int i = 0; i < fields.length; i++) {
      if (!fields[i].matches(FIELDS.get(i).pattern())) {
        return Optional.of(
            " is no cron expression: '%s' is no %s".formatted(fields[i], FIELDS.get(i).name()));
      }
    }
    try {
      var cron = new RunFrequency(expression).cron();
      return ExecutionTime.forCron(cron).nextExecution(SOME_TIME).isPresent()
          ? Optional.empty()
          : Optional.of(" never fires: no month has such a day");
    } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException e) {
      return Optional.of(
          " is no cron expression: "
              + String.valueOf(e.getMessage()).replace("Failed to parse cron expression. ", ""));
    }
  }

  /** The expression, for computing times with. */
  public Cron cron() {
    return new CronParser(DEFINITION).parse(expression.toUpperCase(Locale.ROOT));
  }
}
