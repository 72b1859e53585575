package dev.core.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Draws the statuses of tasks as they follow each other, for {@code docs/task-statuses.md}. */
final class StatusDiagram {

  private static final Path FILE = Path.of("..", "docs", "task-statuses.md");

  private StatusDiagram() {}

  record Edge(TaskStatus from, TaskStatus to) {}

  /** Writes it anew if asked to by {@code -Dcore.write.docs=true}; fails if it is not current. */
  static void check(Map<Edge, Set<String>> edges) throws IOException {
    String drawn = draw(edges);
    if (Boolean.getBoolean("core.write.docs")) {
      Files.writeString(FILE, drawn);
    }
    assertThat(Files.readString(FILE))
        .as("run this test with -Dcore.write.docs=true to draw it anew")
        .isEqualTo(drawn);
  }

  private static String draw(Map<Edge, Set<String>> edges) {
    String lines =
        edges.entrySet().stream()
            .map(each ->
                "    %s --> %s: %s"
                    .formatted(
                        each.getKey().from(),
                        each.getKey().to(),
                        String.join(", ", each.getValue())))
            .collect(Collectors.joining("\n"));
    String ends =
        Arrays.stream(TaskStatus.values())
            .filter(TaskStatus::terminal)
            .map(status -> "    " + status + " --> [*]")
            .collect(Collectors.joining("\n"));
    return """
    # Statuses of tasks

    Which status of a task follows which, and the events that make it so. A test draws this from the
    engine and fails when it is not current: see `TransitionMatrixTest`, which also holds what every
    event does in every situation (`transitions.txt` beside it). What is final is so except through
    `ClearAsked`, `RetryAsked` and `MarkAsked`: the commands `core clear`, `core retry` and `core mark`.

    ```mermaid
    stateDiagram-v2
        [*] --> WAITING
    %s
    %s
    ```
    """
        .formatted(lines, ends);
  }
}
