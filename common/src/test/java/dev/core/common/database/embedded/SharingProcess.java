package dev.core.common.database.embedded;

import dev.core.common.database.Database;
import dev.core.common.database.TransientFailure;
import dev.core.common.settings.Settings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * A process that shares the embedded database of a folder. It commits one number after another in a
 * row of its own, and after each commit writes the number to a file of its own.
 *
 * <p>Arguments: the folder, the number of the process, and how many commits it makes; 0: until it
 * is killed.
 */
final class SharingProcess {
  private static final int FILLER = 3_000;

  private SharingProcess() {}

  public static void main(String[] arguments) throws IOException {
    var folder = Path.of(arguments[0]);
    int row = Integer.parseInt(arguments[1]);
    long commits = Long.parseLong(arguments[2]);
    try (var database = Database.openUnmigrated(Settings.load(Map.of(), folder));
        var acknowledged =
            FileChannel.open(
                acknowledgements(folder, row),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE)) {
      if (commits == 0) {
        database.last();
      }
      long n = begin(database, row, acknowledged(folder, row), commits > 0);
      for (long i = 0; commits == 0 || i < commits; i++) {
        commit(database, row, ++n, commits > 0);
        acknowledged.write(ByteBuffer.allocate(Long.BYTES).putLong(0, n), 0);
      }
    }
  }

  /** The row's number; everything acknowledged must be in it, whenever it is read. */
  private static long begin(Database database, int row, long acknowledged, boolean isCommand) {
    while (true) {
      try {
        long n =
            database
                .jdbi()
                .withHandle(handle ->
                    handle
                        .select("select n from counter where id = ?", row)
                        .mapTo(Long.class)
                        .one());
        if (n < acknowledged) {
          throw new IllegalStateException("row " + row + ": " + n + " < " + acknowledged);
        }
        return n;
      } catch (RuntimeException e) {
        throwUnlessBorne(e, isCommand);
      }
    }
  }

  /** Sets the number, again if it is not known whether the first time counted. */
  private static void commit(Database database, int row, long n, boolean isCommand) {
    while (true) {
      try {
        database
            .jdbi()
            .useTransaction(handle -> {
              var filler = "x".repeat((int) (n * 7919 % FILLER));
              int updated =
                  handle.execute(
                      "update counter set n = ?, filler = ? where id = ? and n in (?, ?)",
                      n,
                      filler,
                      row,
                      n - 1,
                      n);
              if (updated != 1) {
                throw new IllegalStateException("row " + row + " is not at " + (n - 1));
              }
              handle.execute(
                  "insert into log (id, n) values (?, ?) on conflict do nothing", row, n);
              handle.execute("delete from log where id = ? and n < ?", row, n - 200);
            });
        return;
      } catch (RuntimeException e) {
        throwUnlessBorne(e, isCommand);
      }
    }
  }

  private static void throwUnlessBorne(RuntimeException failure, boolean isCommand) {
    if (isCommand || TransientFailure.of(failure).isEmpty()) {
      throw failure;
    }
  }

  static void createTables(Database database, int rows) {
    database
        .jdbi()
        .useHandle(handle -> {
          handle.execute("create table counter (id int primary key, n bigint, filler varchar)");
          handle.execute("create table log (id int, n bigint, primary key (id, n))");
          handle.execute(
              "insert into counter select x, 0, '' from system_range(0, ?) as t (x)", rows - 1);
          // Space is used again at once, and not after 45 s.
          handle.execute("set retention_time 0");
        });
  }

  /** What the process was told to be committed; 0: nothing yet. */
  static long acknowledged(Path folder, int row) throws IOException {
    var file = acknowledgements(folder, row);
    if (!Files.exists(file) || Files.size(file) < Long.BYTES) {
      return 0;
    }
    return ByteBuffer.wrap(Files.readAllBytes(file)).getLong();
  }

  private static Path acknowledgements(Path folder, int row) {
    return folder.resolve("acknowledged-" + row);
  }

  static Process start(Path folder, int row, int commits) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            SharingProcess.class.getName(),
            folder.toString(),
            String.valueOf(row),
            String.valueOf(commits))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("output-" + row).toFile()))
        .start();
  }
}
