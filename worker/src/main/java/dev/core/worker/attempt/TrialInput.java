package dev.core.worker.attempt;

import dev.core.common.protocol.WorkOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A file or folder of somebody's, taken for a committed dataset. */
final class TrialInput {

  private TrialInput() {}

  /** The dataset, with its format by the names of its files; empty if there is no such path. */
  static Optional<WorkOrder.Input> of(String alias, String variable, Path path) {
    var place = path.toAbsolutePath().normalize();
    if (Files.isRegularFile(place)) {
      var name = String.valueOf(place.getFileName());
      return Optional.of(input(alias, variable, place.resolveSibling(""), List.of(name)));
    }
    if (!Files.isDirectory(place)) {
      return Optional.empty();
    }
    try (var tree = Files.walk(place)) {
      var names =
          tree.filter(Files::isRegularFile)
              .map(file -> place.relativize(file).toString().replace('\\', '/'))
              .sorted()
              .toList();
      return Optional.of(input(alias, variable, place, names));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + place, e);
    }
  }

  private static WorkOrder.Input input(
      String alias, String variable, Path folder, List<String> names) {
    return new WorkOrder.Input(
        0, "test/test/test/" + alias, variable, folder.toString(), "", format(names), names);
  }

  private static String format(List<String> names) {
    var formats = names.stream().map(TrialInput::format).distinct().toList();
    return formats.size() == 1 ? formats.getFirst() : "files";
  }

  private static String format(String name) {
    var extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return switch (extension) {
      case "parquet", "csv", "json" -> extension;
      case "jsonl", "ndjson" -> "json";
      default -> "files";
    };
  }
}
