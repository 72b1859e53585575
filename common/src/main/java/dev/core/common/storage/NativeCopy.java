package dev.core.common.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DuckDB unpacks its library into a temporary file of some 60 MB, which only an orderly end of the
 * process would remove. Where a loaded file may be removed, it goes at once.
 */
final class NativeCopy {

  private static final Logger LOGGER = LoggerFactory.getLogger(NativeCopy.class);
  private static final Path MAPS = Path.of("/proc/self/maps");
  private static boolean removed;

  private NativeCopy() {}

  /** Does so once in this process, after the library was loaded. */
  static synchronized void remove() {
    if (removed || !Files.isReadable(MAPS)) {
      return;
    }
    removed = true;
    try (var lines = Files.lines(MAPS)) {
      var temporary = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
      var copies =
          lines
              .filter(line -> line.contains("/libduckdb_java"))
              .map(line -> Path.of(line.substring(line.indexOf('/'))))
              .filter(file -> temporary.equals(file.getParent()))
              .distinct()
              .toList();
      for (var copy : copies) {
        Files.deleteIfExists(copy);
      }
    } catch (IOException e) {
      LOGGER.debug("the unpacked library of DuckDB stays until this process ends", e);
    }
  }
}
