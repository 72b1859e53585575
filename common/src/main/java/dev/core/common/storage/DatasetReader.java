package dev.core.common.storage;

import dev.core.common.storage.s3.S3Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a dataset as text, in the order in which they were written. Holds a small part
 * of them in memory at a time, except for tables. Close it; for one thread at a time.
 */
public final class DatasetReader implements AutoCloseable {

  private static final int MEMORY_MIB = 1024;
  private static final int THREADS = 2;

  private final DatasetFiles dataset;
  private final @Nullable Path staging;
  private final DuckSession session;

  /**
   * @throws UnreadableDataset if it cannot be opened
   */
  public DatasetReader(DatasetFiles dataset) {
    this(dataset, null);
  }

  /**
   * Of the files that the journal lists of a dataset; those that are not on this machine are
   * fetched to it until the reader is closed.
   *
   * @throws IOException if they cannot be fetched
   * @throws IllegalArgumentException if the root or a name is none
   * @throws UnreadableDataset if it cannot be opened
   */
  public static DatasetReader open(String root, String path, String format, List<String> names)
      throws IOException {
    Path staging = S3Location.isOne(root) ? Files.createTempDirectory("core-dataset-") : null;
    try (var store = DatasetStore.of(root)) {
      var files = store.fetch(path, names, staging == null ? Path.of(root) : staging);
      return new DatasetReader(new DatasetFiles(format, files), staging);
    } catch (IOException | RuntimeException e) {
      remove(staging);
      throw e;
    }
  }

  private static void remove(@Nullable Path staging) throws IOException {
    if (staging != null) {
      try (var tree = Files.walk(staging)) {
        for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  private DatasetReader(DatasetFiles dataset, @Nullable Path staging) {
    this.dataset = dataset;
    this.staging = staging;
    try {
      this.session =
          DuckSession.open(
              new DuckSession.Limits(MEMORY_MIB, THREADS, null, dataset.files(), List.of()));
    } catch (SQLException e) {
      throw new UnreadableDataset(e);
    }
  }

  /** Rows as text; null is null. */
  public record Rows(
      List<String> columns, List<Boolean> numeric, List<List<@Nullable String>> rows) {
    public Rows {
      columns = List.copyOf(columns);
      numeric = List.copyOf(numeric);
    }
  }

  /** How many rows it has. */
  public long count() throws InterruptedException {
    try {
      return session.number("select count(*) from " + dataset.relation());
    } catch (SQLException e) {
      throw new UnreadableDataset(e);
    }
  }

  /** The first rows, all in memory. */
  public Rows top(int limit) throws InterruptedException {
    try {
      var types = session.query("describe select * from " + dataset.relation(), Columns::of);
      return session.query(
          "select columns(*)::varchar from " + dataset.relation() + " limit " + limit,
          result -> {
            var rows = new ArrayList<List<@Nullable String>>();
            while (result.next()) {
              rows.add(row(result, types.names().size()));
            }
            return new Rows(types.names(), types.numeric(), rows);
          });
    } catch (SQLException e) {
      throw new UnreadableDataset(e);
    }
  }

  /**
   * Writes the first rows as text.
   *
   * @param limit negative: all of them
   */
  public void write(RowFormat format, long limit, Appendable out)
      throws IOException, InterruptedException {
    try {
      switch (format) {
        case TABLE -> {
          var rows = top(limit < 0 ? Integer.MAX_VALUE : (int) Math.min(limit, Integer.MAX_VALUE));
          TextTable.write(rows, limit < 0 ? rows.rows().size() : count(), out);
        }
        case CSV -> csv(limited(limit), out);
        case JSON -> json(limited(limit), out);
      }
    } catch (SQLException e) {
      throw new UnreadableDataset(e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public void close() {
    try {
      session.close();
      remove(staging);
    } catch (SQLException e) {
      throw new UnreadableDataset(e);
    } catch (IOException e) {
      throw new UncheckedIOException("copies of the dataset are left behind", e);
    }
  }

  private String limited(long limit) {
    return dataset.relation() + (limit < 0 ? "" : " limit " + limit);
  }

  private void csv(String from, Appendable out) throws SQLException, InterruptedException {
    session.query(
        "select columns(*)::varchar from " + from,
        result -> {
          int width = result.getMetaData().getColumnCount();
          var header = new ArrayList<@Nullable String>();
          for (int i = 1; i <= width; i++) {
            header.add(result.getMetaData().getColumnName(i));
          }
          csvLine(header, out);
          while (result.next()) {
            csvLine(row(result, width), out);
          }
          return true;
        });
  }

  private static void csvLine(List<@Nullable String> values, Appendable out) {
    var line = new StringBuilder();
    var before = "";
    for (var value : values) {
      line.append(before).append(quoted(value));
      before = ",";
    }
    append(out, line.append('\n'));
  }

  private static String quoted(@Nullable String value) {
    if (value == null) {
      return "";
    }
    boolean plain = !value.isEmpty() && value.chars().noneMatch(c -> ",\"\r\n".indexOf(c) >= 0);
    return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
  }

  private void json(String from, Appendable out) throws SQLException, InterruptedException {
    var types = session.query("describe select * from " + dataset.relation(), Columns::of);
    session.query(
        "select to_json(%1$s)::varchar from (select *%2$s from %3$s) as %1$s"
            .formatted(types.freeName(), types.finite(), from),
        result -> {
          var before = "[";
          while (result.next()) {
            append(out, before + "\n" + result.getString(1));
            before = ",";
          }
          append(out, before.equals("[") ? "[]\n" : "\n]\n");
          return true;
        });
  }

  private static void append(Appendable out, CharSequence text) {
    try {
      out.append(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<@Nullable String> row(ResultSet result, int width) throws SQLException {
    var row = new ArrayList<@Nullable String>(width);
    for (int i = 1; i <= width; i++) {
      row.add(result.getString(i));
    }
    return row;
  }

  private record Columns(List<String> names, List<Boolean> numeric, List<String> floating) {
    static Columns of(ResultSet described) throws SQLException {
      var names = new ArrayList<String>();
      var numeric = new ArrayList<Boolean>();
      var floating = new ArrayList<String>();
      while (described.next()) {
        names.add(described.getString("column_name"));
        if (described.getString("column_type").matches("FLOAT|DOUBLE")) {
          floating.add(described.getString("column_name"));
        }
        numeric.add(
            described
                .getString("column_type")
                .matches("U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL.*"));
      }
      return new Columns(names, numeric, floating);
    }

    /** No column has it; a column would hide the row of that name. */
    String freeName() {
      var name = new StringBuilder("whole_row");
      while (names.stream().anyMatch(name.toString()::equalsIgnoreCase)) {
        name.append('_');
      }
      return name.toString();
    }

    /** JSON has no infinity and nothing that is not a number. */
    String finite() {
      return floating.isEmpty()
          ? ""
          : floating.stream()
              .map(DuckSession::identifier)
              .map(name -> "case when isfinite(" + name + ") then " + name + " end as " + name)
              .collect(Collectors.joining(", ", " replace (", ")"));
    }
  }

  /** The files of a dataset are missing or not what they were said to be. */
  public static final class UnreadableDataset extends RuntimeException {
    UnreadableDataset(SQLException cause) {
      super("cannot read the dataset: " + cause.getMessage(), cause);
    }
  }
}
