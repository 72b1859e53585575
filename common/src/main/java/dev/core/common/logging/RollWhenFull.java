package dev.core.common.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingPolicyBase;
import ch.qos.logback.core.rolling.RolloverFailure;
import ch.qos.logback.core.rolling.TriggeringPolicy;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Puts the file of an appender away when it is full, and has it opened anew when another process
 * did so; looks after each hundred lines.
 */
final class RollWhenFull extends RollingPolicyBase implements TriggeringPolicy<ILoggingEvent> {
  private static final int LINES = 100;

  private final FullFiles files;
  private @Nullable Object opened;
  private int lines;

  RollWhenFull(FullFiles files) {
    this.files = files;
  }

  /** Called under the lock of the appender. */
  @Override
  public boolean isTriggeringEvent(File activeFile, ILoggingEvent event) {
    return lines++ % LINES == 0 && (files.isFull() || !isStillOpened(activeFile));
  }

  /** Whether the name still stands for the file that the appender writes to. */
  private boolean isStillOpened(File activeFile) {
    try {
      var key = Files.readAttributes(activeFile.toPath(), BasicFileAttributes.class).fileKey();
      if (opened == null) {
        opened = key;
      }
      return Objects.equals(opened, key);
    } catch (IOException e) {
      // It was put away this moment.
      return false;
    }
  }

  @Override
  public void rollover() {
    opened = null;
    try {
      files.putAwayIfFull();
    } catch (IOException e) {
      throw new RolloverFailure("cannot put the full log file away: " + e, e);
    }
  }

  @Override
  public String getActiveFileName() {
    return getParentsRawFileProperty();
  }
}
