package dev.core.orchestrator.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which status may follow which. Those of tasks are read from the diagram in the documentation,
 * which a test holds against the engine.
 */
final class Transitions {

  private static final Path DIAGRAM = Path.of("..", "docs", "guarantees.md");
  private static final Pattern EDGE = Pattern.compile("^ {4}([A-Z_]+) --> ([A-Z_]+):");

  private static final List<String> OF_ATTEMPTS =
      List.of(
          "none -> INTENDED",
          "INTENDED -> SUBMITTED",
          "INTENDED -> CLAIMED",
          "INTENDED -> CLOSED",
          "INTENDED -> FAILED",
          "SUBMITTED -> CLAIMED",
          "SUBMITTED -> CLOSED",
          "SUBMITTED -> FAILED",
          "CLAIMED -> SUCCEEDED",
          "CLAIMED -> FAILED",
          "CLAIMED -> CLOSED",
          "CLOSED -> CANCELLED",
          "CLOSED -> FAILED");

  private static final List<String> OF_RUNS =
      List.of(
          "none -> QUEUED",
          "QUEUED -> RUNNING",
          "QUEUED -> SKIPPED",
          "QUEUED -> CANCELLED",
          "RUNNING -> SUCCEEDED",
          "RUNNING -> FAILED",
          "RUNNING -> CANCELLING",
          "RUNNING -> CANCELLED",
          "CANCELLING -> CANCELLED",
          "SUCCEEDED -> QUEUED",
          "FAILED -> QUEUED",
          "CANCELLED -> QUEUED");

  private Transitions() {}

  /** Those that there are, as tallies name them. */
  static List<String> all() {
    var all = new TreeSet<String>();
    OF_ATTEMPTS.forEach(each -> all.add("attempt " + each));
    OF_RUNS.forEach(each -> all.add("run " + each));
    try {
      for (String line : Files.readAllLines(DIAGRAM)) {
        var edge = EDGE.matcher(line);
        if (edge.find()) {
          all.add("task " + edge.group(1) + " -> " + edge.group(2));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(all);
  }

  /** Those that nothing in the tally took. */
  static List<String> notTaken(Tally tally) {
    var left = new ArrayList<>(all());
    left.removeAll(tally.transitions().keySet());
    return left;
  }
}
