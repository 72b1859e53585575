package dev.core.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Draws the statuses of tasks as they follow each other, at the end of {@code docs/guarantees.md}.
 */
final class StatusDiagram {

  private static final Path FILE = Path.of("..", "docs", "guarantees.md");
  private static final String MARK = "<!-- statuses -->\n";

  private StatusDiagram() {}

  record Edge(TaskStatus from, TaskStatus to) {}

  /** Writes it anew if asked to by {@code -Dcore.write.docs=true}; fails if it is not current. */
  static void check(Map<Edge, Set<String>> edges) throws IOException {
    String page = Files.readString(FILE);
    assertThat(page).contains(MARK);
    String drawn = page.substring(0, page.indexOf(MARK) + MARK.length()) + draw(edges);
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
