package dev.core.common.storage;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The files of a dataset on this machine.
 *
 * @param format {@code parquet}, {@code csv} (comma, double quote, header line), {@code json} (an
 *     object a line, or an array of them) or {@code files} (anything)
 */
public record DatasetFiles(String format, List<Path> files) {

  public DatasetFiles {
    files = List.copyOf(files);
  }

  /** Whether there are rows to be read. */
  public boolean tabular() {
    return !format.equals("files") && !files.isEmpty();
  }

  /**
   * Its rows as an expression for the {@code from} clause of a query of DuckDB; for anything that
   * is not {@link #tabular} the names and paths of its files.
   */
  public String relation() {
    if (!tabular()) {
      return listing();
    }
    var list =
        files.stream()
            .map(file -> DuckSession.literal(DuckSession.pattern(file)))
            .collect(Collectors.joining(", ", "[", "]"));
    // Places of datasets look like partitions by run and attempt; those are no columns.
    var common = list + ", union_by_name = true, hive_partitioning = false";
    return switch (format) {
      case "parquet" -> "read_parquet(" + common + ")";
      case "csv" ->
          "read_csv("
              + common
              + ", header = true, delim = ',', quote = '\"', escape = '\"', sample_size = -1,"
              + " allow_quoted_nulls = false)";
      case "json" -> "read_json(" + common + ", format = 'auto', sample_size = -1)";
      default ->
          throw new IllegalArgumentException(
              "unknown format '" + format + "'; allowed: parquet, csv, json, files");
    };
  }

  private String listing() {
    var rows =
        files.stream()
            .map(file ->
                "(%s, %s)"
                    .formatted(
                        DuckSession.literal(String.valueOf(file.getFileName())),
                        DuckSession.literal(file.toString())))
            .collect(Collectors.joining(", "));
    return rows.isEmpty()
        ? "(select null::varchar as file, null::varchar as path where false)"
        : "(select * from (values " + rows + ") as listing(file, path))";
  }
}
