package dev.core.orchestrator.engine.loop;

import dev.core.common.protocol.Outcome.WrittenDataset;
import dev.core.common.protocol.Outcome.WrittenFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes one dataset of what partitions wrote of it, each in its own attempt: the files of all of
 * them, below the folder that they have in common. Used by one thread.
 */
final class DatasetMerge {

  private record Name(String state, String dataset) {}

  private final Map<Name, List<WrittenDataset>> parts = new LinkedHashMap<>();

  void add(WrittenDataset part) {
    parts.computeIfAbsent(new Name(part.state(), part.dataset()), _ -> new ArrayList<>()).add(part);
  }

  /** Why they cannot be one. */
  Optional<String> problem() {
    for (var each : parts.entrySet()) {
      List<String> formats =
          each.getValue().stream().map(WrittenDataset::format).distinct().sorted().toList();
      if (formats.size() > 1) {
        return Optional.of(
            "its partitions wrote the dataset '%s' in different formats: %s"
                .formatted(each.getKey().dataset(), String.join(", ", formats)));
      }
    }
    return Optional.empty();
  }

  List<WrittenDataset> made() {
    return parts.values().stream().map(DatasetMerge::merged).toList();
  }

  private static WrittenDataset merged(List<WrittenDataset> parts) {
    WrittenDataset first = parts.getFirst();
    String folder =
        parts.stream().map(WrittenDataset::path).reduce(DatasetMerge::common).orElse("");
    var files = new ArrayList<WrittenFile>();
    Long rows = 0L;
    for (WrittenDataset part : parts) {
      String below = part.path().substring(folder.length());
      part.files()
          .forEach(
              file -> files.add(new WrittenFile(below + file.path(), file.bytes(), file.rows())));
      rows = sum(rows, part.rows());
    }
    return new WrittenDataset(
        first.state(), first.dataset(), first.root(), folder, first.format(), files, rows);
  }

  private static @Nullable Long sum(@Nullable Long one, @Nullable Long other) {
    return one == null || other == null ? null : Long.valueOf(one + other);
  }

  /** The longest folder that both are in; ends with a slash, or is empty. */
  private static String common(String one, String other) {
    if (one.equals(other)) {
      return one;
    }
    int slash = 0;
    for (int i = 0; i < Math.min(one.length(), other.length()); i++) {
      if (one.charAt(i) != other.charAt(i)) {
        break;
      }
      if (one.charAt(i) == '/') {
        slash = i + 1;
      }
    }
    return one.substring(0, slash);
  }
}
