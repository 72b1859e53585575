package dev.core.orchestrator.cli;

import dev.core.orchestrator.engine.RunStatus;
import dev.core.orchestrator.engine.TaskStatus;
import java.util.Locale;

/** A status for people: a shape, a word and a colour, so that none of them is needed alone. */
final class StatusText {

  private StatusText() {}

  static Table.Cell cell(RunStatus status) {
    return switch (status) {
      case QUEUED -> cell("○", status, Style.FAINT);
      case RUNNING -> cell("▶", status, Style.BUSY);
      case CANCELLING, CANCELLED -> cell("■", status, Style.WARNING);
      case SUCCEEDED -> cell("✔", status, Style.GOOD);
      case FAILED -> cell("✘", status, Style.BAD);
      case SKIPPED -> cell("»", status, Style.FAINT);
    };
  }

  static Table.Cell cell(TaskStatus status) {
    return switch (status) {
      case WAITING, READY -> cell("○", status, Style.FAINT);
      case SUBMITTED -> cell("△", status, Style.BUSY);
      case RUNNING -> cell("▶", status, Style.BUSY);
      case RETRYING -> cell("↻", status, Style.WARNING);
      case CANCELLING, CANCELLED -> cell("■", status, Style.WARNING);
      case SUCCEEDED -> cell("✔", status, Style.GOOD);
      case FAILED -> cell("✘", status, Style.BAD);
      case UPSTREAM_FAILED -> cell("⊘", status, Style.BAD);
      case SKIPPED -> cell("»", status, Style.FAINT);
    };
  }

  static String of(Console console, RunStatus status) {
    var cell = cell(status);
    return console.dress(cell.text(), cell.style());
  }

  private static Table.Cell cell(String shape, Enum<?> status, Style style) {
    var words = status.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return new Table.Cell(shape + " " + words, style);
  }
}
