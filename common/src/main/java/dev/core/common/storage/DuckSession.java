package dev.core.common.storage;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A DuckDB of its own, in memory, that reads and writes nothing but the files and folders that it
 * was given: no other file, no network, no extension. SQL cannot lift that. An interrupt of the
 * calling thread cancels the statement. For one thread at a time.
 */
public final class DuckSession implements AutoCloseable {

  private final Connection connection;

  private DuckSession(Connection connection) {
    this.connection = connection;
  }

  /**
   * What a session may take and touch.
   *
   * @param spill folder for what does not fit into memory; null: then it fails
   * @param files that may be read
   * @param folders that may be read and written, with all below
   */
  public record Limits(
      int memoryMib, int threads, @Nullable Path spill, List<Path> files, List<Path> folders) {
    public Limits {
      files = List.copyOf(files);
      folders = List.copyOf(folders);
    }
  }

  /** Reads a result while the statement is open. */
  @FunctionalInterface
  public interface Reader<T extends @Nullable Object> {
    T read(ResultSet rows) throws SQLException;
  }

  /** Opens one; within milliseconds, but for the first of a process. */
  public static DuckSession open(Limits limits) throws SQLException {
    var properties = new Properties();
    properties.setProperty("threads", String.valueOf(Math.max(1, limits.threads())));
    properties.setProperty("memory_limit", Math.max(64, limits.memoryMib()) + "MiB");
    properties.setProperty("jdbc_stream_results", "true");
    var connection = DriverManager.getConnection("jdbc:duckdb:", properties);
    NativeCopy.remove();
    try (var statement = connection.createStatement()) {
      // What a date is must not depend on the machine.
      statement.execute("set TimeZone = 'UTC'");
      statement.execute(
          "set temp_directory = "
              + literal(limits.spill() == null ? "" : limits.spill().toString()));
      statement.execute(
          "set allowed_paths = "
              + list(
                  Stream.concat(
                          limits.files().stream()
                              .flatMap(file -> Stream.of(file.toString(), pattern(file))),
                          limits.folders().stream().map(Path::toString))
                      .distinct()));
      statement.execute(
          "set allowed_directories = " + list(limits.folders().stream().map(path -> path + "/")));
      statement.execute("set enable_external_access = false");
      statement.execute("set lock_configuration = true");
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
    return new DuckSession(connection);
  }

  /** Runs a statement for its effect. */
  public void execute(String sql) throws SQLException, InterruptedException {
    cancellable(statement -> {
      statement.execute(sql);
      return true;
    });
  }

  /** Runs a query. */
  public <T extends @Nullable Object> T query(String sql, Reader<T> reader)
      throws SQLException, InterruptedException {
    return cancellable(statement -> {
      try (var rows = statement.executeQuery(sql)) {
        return reader.read(rows);
      }
    });
  }

  /** The first value of the first row as a whole number. */
  public long number(String sql) throws SQLException, InterruptedException {
    return query(sql, rows -> rows.next() ? rows.getLong(1) : 0);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  /** Text as a string of SQL. */
  public static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** Text as a name in SQL. */
  public static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** A file as the pattern that fits it alone: DuckDB takes every path to be read for a pattern. */
  public static String pattern(Path file) {
    return file.toString().replaceAll("[*?\\[]", "[$0]");
  }

  private static String list(Stream<String> texts) {
    return texts.map(DuckSession::literal).collect(Collectors.joining(", ", "[", "]"));
  }

  private interface Work<T extends @Nullable Object> {
    T on(Statement statement) throws SQLException;
  }

  /**
   * A native call does not notice an interrupt, so that it runs in a thread of its own while the
   * caller waits. A platform thread: it would pin a virtual one.
   */
  private <T extends @Nullable Object> T cancellable(Work<T> work)
      throws SQLException, InterruptedException {
    try (var statement = connection.createStatement()) {
      var task = new FutureTask<T>(() -> work.on(statement));
      var thread = Thread.ofPlatform().daemon().name("duckdb").start(task);
      try {
        return task.get();
      } catch (InterruptedException e) {
        while (thread.isAlive()) {
          // A cancel that comes before the statement has started is lost: say it until it ends.
          statement.cancel();
          joinBriefly(thread);
        }
        throw e;
      } catch (ExecutionException e) {
        throw failure(e.getCause());
      }
    }
  }

  private static void joinBriefly(Thread thread) {
    try {
      thread.join(20);
    } catch (InterruptedException _) {
      // The caller is about to be told of the first interrupt; a second adds nothing.
    }
  }

  private static SQLException failure(@Nullable Throwable cause) {
    return switch (cause) {
      case SQLException e -> e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> new SQLException(cause);
    };
  }
}
