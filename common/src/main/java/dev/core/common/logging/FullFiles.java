package dev.core.common.logging;

import dev.core.common.settings.LoggingSettings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts a log file away when it is full, under its name with the time of its last line, and removes
 * the oldest of those. Several processes may write to one file and put it away: a file is renamed
 * and nothing else, so who still writes to it loses no line.
 */
public final class FullFiles {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);
  private static final Pattern ENDING = Pattern.compile("\\.\\d{8}-\\d{6}-\\d{3}(-\\d+)?");

  private final Path file;
  private final LoggingSettings.Rolling rolling;

  public FullFiles(Path file, LoggingSettings.Rolling rolling) {
    this.file = file.toAbsolutePath();
    this.rolling = rolling;
  }

  private record PutAway(Path path, FileTime written) {}

  boolean isFull() {
    return file.toFile().length() >= rolling.bytes();
  }

  /** Does nothing if the file is not full, is not there, or is being put away by another. */
  public void putAwayIfFull() throws IOException {
    if (!isFull()) {
      return;
    }
    Instant lastLine;
    try {
      var key = key();
      // Two that gave their files one name at the same time would lose one of them.
      try (var channel = FileChannel.open(file, StandardOpenOption.WRITE);
          var _ = channel.lock()) {
        if (!isFull() || !Objects.equals(key, key())) {
          return;
        }
        lastLine = Files.getLastModifiedTime(file).toInstant();
        Files.move(file, freeName(TIME.format(lastLine)));
      }
    } catch (NoSuchFileException | OverlappingFileLockException e) {
      // Another process has just put it away, or another thread of this one is about to.
      return;
    }
    removeOld(lastLine);
  }

  /** What tells the file from one that has its name later. */
  private @Nullable Object key() throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  private Path freeName(String time) {
    var name = file.resolveSibling(file.getFileName() + "." + time);
    for (int i = 2; Files.exists(name); i++) {
      name = file.resolveSibling(file.getFileName() + "." + time + "-" + i);
    }
    return name;
  }

  private void removeOld(Instant now) throws IOException {
    var oldest = FileTime.from(now.minus(rolling.age()));
    var kept = newestFirst();
    for (int i = 0; i < kept.size(); i++) {
      if (i >= rolling.files() || kept.get(i).written().compareTo(oldest) < 0) {
        Files.deleteIfExists(kept.get(i).path());
      }
    }
  }

  private List<PutAway> newestFirst() throws IOException {
    var found = new ArrayList<PutAway>();
    try (var siblings = Files.list(file.resolveSibling(""))) {
      for (var path : (Iterable<Path>) siblings::iterator) {
        putAway(path).ifPresent(found::add);
      }
    }
    found.sort(Comparator.comparing(PutAway::written).reversed());
    return found;
  }

  private Optional<PutAway> putAway(Path path) throws IOException {
    var name = path.getFileName().toString();
    var own = file.getFileName().toString();
    if (!name.startsWith(own) || !ENDING.matcher(name.substring(own.length())).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new PutAway(path, Files.getLastModifiedTime(path)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
