package dev.core.orchestrator.kill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What tasks say about themselves: each appends a line when it begins and one when it has done its
 * work, with the folder of its output, which no two attempts share.
 */
record Evidence(Path file) {

  /** One line of a task, {@code began} or {@code did}. */
  private record Line(String what, Path folder, String words) {
    static Line of(String text) {
      var parts = text.split(" ", 3);
      return new Line(parts[0], Path.of(parts[1]), parts[2]);
    }
  }

  /** The command line of a task that takes a moment and writes its output in two halves. */
  String task(String words) {
    return """
    echo "began $CORE_OUTPUT $CORE_TASK_KEY" >> %1$s
    echo first half > "$CORE_OUTPUT/data.txt"
    sleep 0.3
    echo second half >> "$CORE_OUTPUT/data.txt"
    echo "did $CORE_OUTPUT %2$s" >> %1$s
    """
        .formatted(file, words);
  }

  /** How often each attempt began, by its folder. */
  Map<Path, Long> began() {
    return counted("began", Line::folder);
  }

  /** How often each attempt did its work, by its folder. */
  Map<Path, Long> did() {
    return counted("did", Line::folder);
  }

  /** The words of the tasks that did their work in a run, with how many said them. */
  Map<String, Long> words(long run) {
    return lines("did").stream()
        .filter(line -> line.folder().toString().contains("/run_id=" + run + "/"))
        .collect(Collectors.groupingBy(Line::words, Collectors.counting()));
  }

  /** How many lines there are. */
  int size() {
    return lines("began").size() + lines("did").size();
  }

  private <K> Map<K, Long> counted(String what, Function<Line, K> key) {
    return lines(what).stream().collect(Collectors.groupingBy(key, Collectors.counting()));
  }

  private List<Line> lines(String what) {
    try {
      return Files.exists(file)
          ? Files.readAllLines(file).stream()
              .map(Line::of)
              .filter(line -> line.what().equals(what))
              .toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
