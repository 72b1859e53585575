package dev.core.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The demo's files as they came, read without any SQL. */
record RawData(Map<String, Airport> airports, List<Flight> flights, List<Strike> strikes) {

  record Airport(String iata, String name, @Nullable String state) {}

  record Flight(int month, int hour, int delay, int distance, String origin, String destination) {}

  record Strike(String species, String phase, String state, int year, long cost, boolean broke) {}

  static RawData read(Path folder) throws IOException {
    var airports =
        Csv.read(folder.resolve("airports.csv")).records().stream()
            .map(row -> new Airport(row.get("iata"), row.get("name"), known(row.get("state"))))
            .collect(Collectors.toMap(Airport::iata, airport -> airport));
    var flights =
        new ObjectMapper()
            .readTree(folder.resolve("flights-20k.json").toFile())
            .valueStream()
            .map(RawData::flight)
            .toList();
    var strikes =
        Csv.read(folder.resolve("birdstrikes.csv")).records().stream()
            .map(RawData::strike)
            .toList();
    return new RawData(airports, flights, strikes);
  }

  private static @Nullable String known(String text) {
    return text.equals("NA") ? null : text;
  }

  /** Dates are texts such as 2001/01/31 23:59. */
  private static Flight flight(JsonNode node) {
    var date = node.get("date").textValue();
    return new Flight(
        Integer.parseInt(date.substring(5, 7)),
        Integer.parseInt(date.substring(11, 13)),
        node.get("delay").intValue(),
        node.get("distance").intValue(),
        node.get("origin").textValue(),
        node.get("destination").textValue());
  }

  private static Strike strike(Map<String, String> row) {
    long cost = Long.parseLong(row.get("Cost Total $"));
    var damage = row.get("Effect Amount of damage");
    boolean explained = !damage.equals("B") && !damage.equals("C");
    return new Strike(
        row.get("Wildlife Species"),
        row.get("Phase of flight"),
        row.get("Origin State"),
        Integer.parseInt(row.get("Flight Date").substring(0, 4)),
        cost,
        explained ? !damage.equals("None") : cost > 0);
  }
}
