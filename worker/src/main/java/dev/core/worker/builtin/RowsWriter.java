package dev.core.worker.builtin;

import dev.core.common.storage.DatasetFiles;
import dev.core.common.storage.DatasetPath;
import dev.core.common.storage.DuckSession;
import dev.core.worker.transformation.OutputDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes the rows of a query as the files of an output: one file in the query's order, or a folder
 * for each value of the columns that it is partitioned by.
 */
record RowsWriter(DuckSession session, OutputDataset output, String format) {

  /** Writes all files, says that the dataset is complete, gives the number of rows. */
  long write(String query, List<String> partitionBy)
      throws SQLException, IOException, InterruptedException {
    var folder = output.folder();
    if (partitionBy.isEmpty()) {
      var file = folder.resolve(DatasetPath.segment(output.dataset()) + "." + format);
      long rows = copy(query, file, "").values().stream().mapToLong(Long::longValue).sum();
      output.written(format, Map.of(file, rows));
      return rows;
    }
    var columns =
        partitionBy.stream().map(DuckSession::identifier).collect(Collectors.joining(", "));
    var rows =
        copy(
            query,
            folder,
            // Columns are kept in the files: nobody has to read them out of names of folders.
            ", partition_by (" + columns + "), write_partition_columns true, overwrite_or_ignore");
    if (rows.isEmpty()) {
      // Without rows there is no partition; the columns should be known nevertheless.
      var file = folder.resolve("empty." + format);
      rows = copy("select * from (" + query + "\n) limit 0", file, "");
    }
    output.written(format, rows);
    return rows.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The files as a dataset that can be read back. */
  DatasetFiles read() throws IOException {
    try (var tree = Files.walk(output.folder())) {
      return new DatasetFiles(format, tree.filter(Files::isRegularFile).sorted().toList());
    }
  }

  private Map<Path, Long> copy(String query, Path target, String options)
      throws SQLException, InterruptedException {
    var copy = "copy (" + query + "\n) to " + DuckSession.literal(target.toString());
    return switch (format) {
      case "parquet" ->
          session.query(
              copy + " (format parquet, return_stats true" + options + ")",
              result -> {
                var rows = new HashMap<Path, Long>();
                while (result.next()) {
                  rows.put(Path.of(result.getString("filename")), result.getLong("count"));
                }
                return rows;
              });
      case "csv" -> counted(copy + " (format csv, header true, return_files true" + options + ")");
      case "json" ->
          counted(copy + " (format json, array false, return_files true" + options + ")");
      default -> throw new IllegalArgumentException("cannot write rows as '" + format + "'");
    };
  }

  /** For formats of which DuckDB says how many rows it wrote in all, but not of each file. */
  private Map<Path, Long> counted(String copy) throws SQLException, InterruptedException {
    var rows = new HashMap<Path, Long>();
    session.query(
        copy,
        result -> {
          while (result.next()) {
            for (var file : (Object[]) result.getArray("Files").getArray()) {
              rows.put(Path.of(String.valueOf(file)), result.getLong("Count"));
            }
          }
          return true;
        });
    if (rows.size() > 1) {
      for (var file : List.copyOf(rows.keySet())) {
        var one = new DatasetFiles(format, List.of(file));
        rows.put(file, session.number("select count(*) from " + one.relation()));
      }
    }
    return rows;
  }
}
