package dev.core.orchestrator.cli;

import dev.core.orchestrator.engine.RunStatus;
import dev.core.orchestrator.engine.TaskStatus;
import dev.core.orchestrator.presentation.StatusSign;

/** A status on a terminal. */
final class StatusText {

  private StatusText() {}

  static Table.Cell cell(RunStatus status) {
    return cell(StatusSign.of(status));
  }

  static Table.Cell cell(TaskStatus status) {
    return cell(StatusSign.of(status));
  }

  static String of(Console console, RunStatus status) {
    var cell = cell(status);
    return console.dress(cell.text(), cell.style());
  }

  private static Table.Cell cell(StatusSign sign) {
    return new Table.Cell(sign.shape() + " " + sign.words(), style(sign.tone()));
  }

  private static Style style(StatusSign.Tone tone) {
    return switch (tone) {
      case GOOD -> Style.GOOD;
      case BAD -> Style.BAD;
      case BUSY -> Style.BUSY;
      case WARNING -> Style.WARNING;
      case FAINT -> Style.FAINT;
    };
  }
}
