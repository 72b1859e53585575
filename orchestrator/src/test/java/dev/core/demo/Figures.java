package dev.core.demo;

import dev.core.demo.RawData.Flight;
import dev.core.demo.RawData.Strike;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the demo must publish, by dataset: columns and rows in their order, computed with loops and
 * maps. Values are texts, longs, doubles or null.
 */
record Figures(List<String> columns, List<List<@Nullable Object>> rows) {

  private static final int LATE_AFTER = 15;

  static Map<String, Figures> of(RawData raw) {
    var all = new TreeMap<String, Figures>();
    all.put("delays_by_airport", byAirport(raw));
    all.put("delays_by_route", byRoute(raw.flights()));
    all.put("delays_by_hour", byTime("hour", raw.flights(), Flight::hour));
    all.put("delays_by_month", byTime("month", raw.flights(), Flight::month));
    all.put("strikes_by_species", strikes("species", raw.strikes(), Strike::species, false));
    all.put("strikes_by_phase", strikes("phase", raw.strikes(), Strike::phase, false));
    all.put("strikes_by_state", strikes("state", raw.strikes(), Strike::state, false));
    all.put("strikes_by_year", strikes("year", raw.strikes(), s -> (long) s.year(), true));
    all.put("strike_exposure", exposure(raw, 2001, 100));
    return all;
  }

  private static Figures byAirport(RawData raw) {
    var rows = new ArrayList<List<@Nullable Object>>();
    grouped(raw.flights(), Flight::origin)
        .forEach((iata, flights) -> {
          var airport = Objects.requireNonNull(raw.airports().get(iata), iata);
          long late = flights.stream().filter(f -> f.delay() > LATE_AFTER).count();
          rows.add(
              row(
                  iata,
                  airport.name(),
                  airport.state(),
                  (long) flights.size(),
                  mean(flights),
                  (double) late / flights.size()));
        });
    return new Figures(
        List.of("iata", "airport", "state", "flights", "mean_delay", "share_late"),
        mostFirst(rows, 3));
  }

  private static Figures byRoute(List<Flight> all) {
    var rows = new ArrayList<List<@Nullable Object>>();
    grouped(all, f -> f.origin() + "/" + f.destination())
        .forEach((_, flights) -> {
          var first = flights.getFirst();
          if (flights.stream().anyMatch(f -> f.distance() != first.distance())) {
            throw new IllegalStateException("a route of two lengths: " + first);
          }
          rows.add(
              row(
                  first.origin(),
                  first.destination(),
                  (long) flights.size(),
                  mean(flights),
                  (long) first.distance()));
        });
    return new Figures(
        List.of("origin", "destination", "flights", "mean_delay", "distance"), mostFirst(rows, 2));
  }

  private static Figures byTime(String column, List<Flight> all, Function<Flight, Integer> time) {
    var rows = new ArrayList<List<@Nullable Object>>();
    grouped(all, time)
        .forEach(
            (value, flights) -> rows.add(row((long) value, (long) flights.size(), mean(flights))));
    return new Figures(List.of(column, "flights", "mean_delay"), rows);
  }

  private static <K extends Comparable<K>> Figures strikes(
      String column, List<Strike> all, Function<Strike, K> key, boolean inOrderOfKeys) {
    var rows = new ArrayList<List<@Nullable Object>>();
    grouped(all, key)
        .forEach((value, strikes) ->
            rows.add(
                row(value, (long) strikes.size(), strikes.stream().mapToLong(Strike::cost).sum())));
    return new Figures(
        List.of(column, "strikes", "total_cost"), inOrderOfKeys ? rows : mostFirst(rows, 1));
  }

  static Figures exposure(RawData raw, int year, int minimumDepartures) {
    var departures = new TreeMap<String, Long>();
    for (var flight : raw.flights()) {
      var state = Objects.requireNonNull(raw.airports().get(flight.origin())).state();
      if (state != null) {
        departures.merge(state, 1L, Long::sum);
      }
    }
    var rows = new ArrayList<List<@Nullable Object>>();
    grouped(raw.strikes().stream().filter(s -> s.year() == year).toList(), Strike::state)
        .forEach((state, strikes) -> {
          var code = Objects.requireNonNull(CODES.get(state), state);
          long count = departures.getOrDefault(code, 0L);
          if (count >= minimumDepartures) {
            rows.add(
                row(
                    code,
                    state,
                    count,
                    (long) strikes.size(),
                    strikes.stream().filter(Strike::broke).count(),
                    strikes.stream().mapToLong(Strike::cost).sum(),
                    1000.0 * strikes.size() / count));
          }
        });
    rows.sort(
        Comparator.comparing(
                (List<@Nullable Object> r) -> -(double) Objects.requireNonNull(r.get(6)))
            .thenComparing(r -> (String) Objects.requireNonNull(r.getFirst())));
    return new Figures(
        List.of(
            "state_code",
            "state",
            "departures",
            "strikes",
            "damaging_strikes",
            "total_cost",
            "strikes_per_thousand"),
        rows);
  }

  private static double mean(List<Flight> flights) {
    long sum = 0;
    for (var flight : flights) {
      sum += flight.delay();
    }
    return (double) sum / flights.size();
  }

  private static <T, K extends Comparable<K>> Map<K, List<T>> grouped(
      List<T> all, Function<T, K> key) {
    return all.stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList()));
  }

  /** By that count, downwards; equal ones stay in the order of their keys. */
  private static List<List<@Nullable Object>> mostFirst(
      List<List<@Nullable Object>> rows, int count) {
    rows.sort(Comparator.comparing(row -> -(long) Objects.requireNonNull(row.get(count))));
    return rows;
  }

  private static List<@Nullable Object> row(@Nullable Object... values) {
    var row = new ArrayList<@Nullable Object>();
    for (var value : values) {
      row.add(value);
    }
    return row;
  }

  /** Of the states in which wildlife was struck. */
  private static final Map<String, String> CODES =
      Map.ofEntries(
          Map.entry("Arizona", "AZ"),
          Map.entry("California", "CA"),
          Map.entry("Colorado", "CO"),
          Map.entry("DC", "DC"),
          Map.entry("Florida", "FL"),
          Map.entry("Georgia", "GA"),
          Map.entry("Hawaii", "HI"),
          Map.entry("Illinois", "IL"),
          Map.entry("Indiana", "IN"),
          Map.entry("Kentucky", "KY"),
          Map.entry("Louisiana", "LA"),
          Map.entry("Maryland", "MD"),
          Map.entry("Massachusetts", "MA"),
          Map.entry("Michigan", "MI"),
          Map.entry("Minnesota", "MN"),
          Map.entry("Missouri", "MO"),
          Map.entry("Nebraska", "NE"),
          Map.entry("New Jersey", "NJ"),
          Map.entry("New York", "NY"),
          Map.entry("North Carolina", "NC"),
          Map.entry("Ohio", "OH"),
          Map.entry("Oklahoma", "OK"),
          Map.entry("Oregon", "OR"),
          Map.entry("Pennsylvania", "PA"),
          Map.entry("South Carolina", "SC"),
          Map.entry("Tennessee", "TN"),
          Map.entry("Texas", "TX"),
          Map.entry("Utah", "UT"),
          Map.entry("Washington", "WA"));
}
