package dev.core.orchestrator.presentation;

import dev.core.orchestrator.engine.RunStatus;
import dev.core.orchestrator.engine.TaskStatus;
import java.util.Locale;

/** A status for people: a shape, words and a tone, so that none of them is needed alone. */
public record StatusSign(String shape, String words, Tone tone) {

  /** What a colour would say. */
  public enum Tone {
    GOOD,
    BAD,
    BUSY,
    WARNING,
    FAINT;

    public String lowerCase() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static StatusSign of(RunStatus status) {
    return switch (status) {
      case QUEUED -> sign("○", status, Tone.FAINT);
      case RUNNING -> sign("▶", status, Tone.BUSY);
      case CANCELLING, CANCELLED -> sign("■", status, Tone.WARNING);
      case SUCCEEDED -> sign("✔", status, Tone.GOOD);
      case FAILED -> sign("✘", status, Tone.BAD);
      case SKIPPED -> sign("»", status, Tone.FAINT);
    };
  }

  public static StatusSign of(TaskStatus status) {
    return switch (status) {
      case WAITING, READY -> sign("○", status, Tone.FAINT);
      case SUBMITTED -> sign("△", status, Tone.BUSY);
      case RUNNING -> sign("▶", status, Tone.BUSY);
      case RETRYING -> sign("↻", status, Tone.WARNING);
      case CANCELLING, CANCELLED -> sign("■", status, Tone.WARNING);
      case SUCCEEDED -> sign("✔", status, Tone.GOOD);
      case FAILED -> sign("✘", status, Tone.BAD);
      case UPSTREAM_FAILED -> sign("⊘", status, Tone.BAD);
      case SKIPPED -> sign("»", status, Tone.FAINT);
    };
  }

  private static StatusSign sign(String shape, Enum<?> status, Tone tone) {
    return new StatusSign(shape, status.name().toLowerCase(Locale.ROOT).replace('_', ' '), tone);
  }
}
