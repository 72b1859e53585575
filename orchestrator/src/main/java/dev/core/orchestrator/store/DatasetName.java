package dev.core.orchestrator.store;

import java.util.Optional;

/** A dataset by its four names, written {@code <client>/<brand>/<state>/<dataset>}. */
public record DatasetName(String client, String brand, String state, String dataset) {

  /** Empty if the text has not exactly four parts. */
  public static Optional<DatasetName> parse(String text) {
    var parts = text.split("/", -1);
    for (var part : parts) {
      if (part.isBlank()) {
        return Optional.empty();
      }
    }
    return parts.length == 4
        ? Optional.of(new DatasetName(parts[0], parts[1], parts[2], parts[3]))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return client + "/" + brand + "/" + state + "/" + dataset;
  }
}
