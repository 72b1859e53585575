package dev.core.worker.cli;

import dev.core.common.json.Json;
import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.Outcome.WrittenDataset;
import dev.core.common.protocol.Outcome.WrittenFile;
import dev.core.common.storage.DatasetReader;
import dev.core.common.storage.RowFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;

/** What a trial gave, for people. */
record TrialReport(Outcome outcome, int rows) {

  void print(PrintWriter out) throws IOException, InterruptedException {
    var failure = outcome.failure();
    if (failure != null) {
      out.println(
          "failed (%s): %s"
              .formatted(
                  failure.failureClass().name().toLowerCase(Locale.ROOT), failure.message()));
      return;
    }
    out.println("succeeded");
    if (outcome.result() != null) {
      out.println("result: " + Json.write(outcome.result()));
    }
    for (var dataset : outcome.datasets()) {
      print(dataset, out);
    }
  }

  private void print(WrittenDataset dataset, PrintWriter out)
      throws IOException, InterruptedException {
    var files = dataset.files().stream().map(WrittenFile::path).toList();
    long bytes = dataset.files().stream().mapToLong(WrittenFile::bytes).sum();
    out.println();
    out.println(
        String.format(
            Locale.ROOT,
            "%s (%s): %s%s, %s in %s/%s",
            dataset.dataset(),
            dataset.format(),
            dataset.rows() == null ? "" : counted(dataset.rows(), "row") + ", ",
            counted(files.size(), "file"),
            counted(bytes, "byte"),
            dataset.root(),
            dataset.path()));
    if (rows > 0 && !files.isEmpty()) {
      try (var reader =
          DatasetReader.open(dataset.root(), dataset.path(), dataset.format(), files)) {
        reader.write(RowFormat.TABLE, rows, out);
      }
    }
  }

  private static String counted(long number, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
  }
}
