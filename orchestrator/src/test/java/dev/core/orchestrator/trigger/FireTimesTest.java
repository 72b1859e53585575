package dev.core.orchestrator.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FireTimesTest {

  /** A frequency, what its local times are in plain Java, and whether it fires every hour. */
  private record Rule(String frequency, Predicate<LocalDateTime> matches, boolean frequent) {
    @Override
    public String toString() {
      return frequency;
    }
  }

  private static final List<Rule> RULES =
      List.of(
          new Rule("hourly", at(0), true),
          new Rule("@daily", at(0).and(hours(0)), false),
          new Rule("weekly", at(0).and(hours(0)).and(t -> t.getDayOfWeek().getValue() == 7), false),
          new Rule("monthly", at(0).and(hours(0)).and(t -> t.getDayOfMonth() == 1), false),
          new Rule("yearly", at(0).and(hours(0)).and(t -> t.getDayOfYear() == 1), false),
          new Rule("30 * * * *", at(30), true),
          new Rule("*/15 * * * *", t -> t.getMinute() % 15 == 0, true),
          new Rule("* * * * *", _ -> true, true),
          new Rule("30 2 * * *", at(30).and(hours(2)), false),
          new Rule("15 1 * * *", at(15).and(hours(1)), false),
          new Rule("45 1,2 * * *", at(45).and(hours(1, 2)), false),
          new Rule("*/20 1-3 * * *", t -> t.getMinute() % 20 == 0 && hours(1, 2, 3).test(t), false),
          new Rule("0 */2 * * *", at(0).and(t -> t.getHour() % 2 == 0), false),
          new Rule("59 23 * * *", at(59).and(hours(23)), false),
          new Rule("30 0 * * *", at(30).and(hours(0)), false),
          new Rule(
              "0 12 30 12 *",
              at(0).and(hours(12)).and(t -> t.getMonthValue() == 12 && t.getDayOfMonth() == 30),
              false),
          new Rule("10 * * * 0", at(10).and(t -> t.getDayOfWeek().getValue() == 7), true));

  private static Predicate<LocalDateTime> at(int minute) {
    return time -> time.getMinute() == minute;
  }

  private static Predicate<LocalDateTime> hours(Integer... hours) {
    return time -> List.of(hours).contains(time.getHour());
  }

  /** Some days around each kind of change. */
  private enum Stretch {
    BERLIN_SPRING("Europe/Berlin", "2026-03-24"),
    BERLIN_AUTUMN("Europe/Berlin", "2026-10-20"),
    NEW_YORK_SPRING("America/New_York", "2026-03-03"),
    NEW_YORK_AUTUMN("America/New_York", "2026-10-28"),
    LORD_HOWE_GAINS_HALF_AN_HOUR("Australia/Lord_Howe", "2026-03-31"),
    LORD_HOWE_LOSES_HALF_AN_HOUR("Australia/Lord_Howe", "2026-09-30"),
    APIA_HAS_NO_30TH("Pacific/Apia", "2011-12-25"),
    APIA_SPRING("Pacific/Apia", "2010-09-22"),
    SAO_PAULO_HAS_NO_MIDNIGHT("America/Sao_Paulo", "2018-10-30"),
    SAO_PAULO_HAS_MIDNIGHT_TWICE("America/Sao_Paulo", "2018-02-13"),
    CASABLANCA_IN_RAMADAN("Africa/Casablanca", "2026-02-12"),
    TROLL_GAINS_TWO_HOURS("Antarctica/Troll", "2026-10-20"),
    TROLL_LOSES_TWO_HOURS("Antarctica/Troll", "2026-03-24"),
    MONROVIA_LEAVES_HALF_MINUTES("Africa/Monrovia", "1972-01-03"),
    UTC("UTC", "2026-12-27");

    private final ZoneId zone;
    private final Instant begin;
    private final Instant end;

    /** Each instant of half a minute, by the local time that clocks show at it. */
    private final TreeMap<LocalDateTime, List<Instant>> shown = new TreeMap<>();

    Stretch(String zone, String first) {
      this.zone = ZoneId.of(zone);
      begin = LocalDate.parse(first).atStartOfDay(ZoneOffset.UTC).toInstant();
      end = begin.plus(Duration.ofDays(10));
      Instant last = end.plus(Duration.ofDays(2));
      for (Instant at = begin.minus(Duration.ofDays(2));
          at.isBefore(last);
          at = at.plusSeconds(30)) {
        shown
            .computeIfAbsent(LocalDateTime.ofInstant(at, this.zone), _ -> new ArrayList<>())
            .add(at);
      }
    }

    /**
     * By definition: each local minute that matches fires at each instant that shows it, or at the
     * first only; or if none does, at the first instant that shows a later one.
     */
    List<Instant> fireTimes(Rule rule) {
      var fires = new TreeSet<Instant>();
      LocalDateTime minute = shown.firstKey().truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
      for (; minute.isBefore(shown.lastKey()); minute = minute.plusMinutes(1)) {
        if (rule.matches().test(minute)) {
          List<Instant> instants = shown.get(minute);
          if (instants == null) {
            fires.add(shown.higherEntry(minute).getValue().getFirst());
          } else {
            fires.addAll(rule.frequent() ? instants : instants.subList(0, 1));
          }
        }
      }
      return fires.stream().filter(at -> at.isAfter(begin) && !at.isAfter(end)).toList();
    }
  }

  static Stream<Arguments> everyRuleInEveryStretch() {
    return Arrays.stream(Stretch.values())
        .flatMap(stretch -> RULES.stream().map(rule -> Arguments.of(rule, stretch)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("everyRuleInEveryStretch")
  void firesAsLookingAtEveryMinuteSays(Rule rule, Stretch stretch) {
    var times = FireTimes.of(rule.frequency(), stretch.zone.getId()).orThrow();
    List<Instant> expected = stretch.fireTimes(rule);

    assertThat(
            times.between(stretch.begin, stretch.end, Integer.MAX_VALUE).stream()
                .map(FireTime::at)
                .toList())
        .isEqualTo(expected);
    var random = new Random(7);
    for (int i = 0; i < 50; i++) {
      Instant upTo = stretch.begin.plusSeconds(random.nextInt(10 * 24 * 3600));
      assertThat(times.newest(stretch.begin, upTo).map(FireTime::at))
          .isEqualTo(expected.stream().filter(at -> !at.isAfter(upTo)).reduce((_, at) -> at));
      assertThat(times.next(upTo).map(FireTime::at).filter(at -> !at.isAfter(stretch.end)))
          .isEqualTo(expected.stream().filter(at -> at.isAfter(upTo)).findFirst());
    }
  }

  @ParameterizedTest
  @CsvSource({
    // There is no 02:30: at the first instant after the gap.
    "30 2 * * *, Europe/Berlin, 2026-03-28T12:00:00Z, 2026-03-29T01:00:00Z, AFTER_GAP",
    // 02:30 comes twice: at the first only.
    "30 2 * * *, Europe/Berlin, 2026-10-24T12:00:00Z, 2026-10-25T00:30:00Z, ONCE_OF_TWO",
    "30 2 * * *, Europe/Berlin, 2026-10-25T00:30:00Z, 2026-10-26T01:30:00Z, USUAL",
    "30 * * * *, Europe/Berlin, 2026-10-25T00:00:00Z, 2026-10-25T00:30:00Z, FIRST_OF_TWO",
    "30 * * * *, Europe/Berlin, 2026-10-25T00:30:00Z, 2026-10-25T01:30:00Z, SECOND_OF_TWO",
    "hourly, Europe/Berlin, 2026-03-29T00:00:00Z, 2026-03-29T01:00:00Z, USUAL",
    "hourly, Australia/Lord_Howe, 2026-10-03T15:00:00Z, 2026-10-03T15:30:00Z, AFTER_GAP",
    "daily, America/Sao_Paulo, 2018-11-03T12:00:00Z, 2018-11-04T03:00:00Z, AFTER_GAP",
    "daily, Pacific/Apia, 2011-12-29T20:00:00Z, 2011-12-30T10:00:00Z, USUAL",
    "0 12 30 12 *, Pacific/Apia, 2011-12-01T00:00:00Z, 2011-12-30T10:00:00Z, AFTER_GAP",
    "0 0 29 2 *, America/New_York, 2096-03-01T00:00:00Z, 2104-02-29T05:00:00Z, USUAL"
  })
  void saysWhatTheChangeOfClocksDid(
      String frequency, String zone, Instant after, Instant at, FireTime.Kind kind) {
    FireTime next = FireTimes.of(frequency, zone).orThrow().next(after).orElseThrow();

    assertThat(next.at()).isEqualTo(at);
    assertThat(next.kind()).isEqualTo(kind);
  }

  @Test
  void whatCannotBeReadIsToldAllAtOnce() {
    assertThat(FireTimes.of("dayly", "Europe/Berln").problems())
        .satisfiesExactly(
            problem -> assertThat(problem).startsWith("run_frequency: 'dayly' is no frequency"),
            problem ->
                assertThat(problem)
                    .startsWith("time_zone: 'Europe/Berln' is no time zone")
                    .contains("Europe/Berlin"));
  }

  @Test
  void theNewestOfAYearOfMinutesIsFoundByHalving() {
    var begin = Instant.parse("2026-01-01T00:00:00Z");
    var times = FireTimes.of("* * * * *", "America/New_York").orThrow();

    assertThat(times.newest(begin, begin.plus(Duration.ofDays(365))).map(FireTime::at))
        .contains(begin.plus(Duration.ofDays(365)));
  }
}
