package dev.core.worker.builtin;

import dev.core.common.storage.DatasetFiles;
import dev.core.common.storage.DuckSession;
import dev.core.worker.transformation.InputDataset;
import dev.core.worker.transformation.MemoryExhausted;
import dev.core.worker.transformation.TransformationContext;
import java.io.IOException;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** DuckDB as an attempt uses it: within the resources and on the files of its work order. */
final class DuckWork {

  private DuckWork() {}

  /** A session that may read these files, and read and write scratch and these folders. */
  static DuckSession open(
      TransformationContext context, Collection<Path> files, Collection<Path> folders)
      throws IOException, SQLException {
    var scratch = context.scratch();
    var writable = new ArrayList<>(folders);
    writable.add(scratch);
    var resources = context.order().resources();
    return DuckSession.open(
        new DuckSession.Limits(
            resources.memoryMib(),
            resources.vcpus().setScale(0, RoundingMode.CEILING).intValue(),
            scratch.resolve("spill"),
            List.copyOf(files),
            writable));
  }

  /** A session that may read all inputs, each of them a view by the name of its alias. */
  static DuckSession openWithInputs(TransformationContext context, Collection<Path> folders)
      throws IOException, SQLException, InterruptedException {
    var files =
        context.inputs().values().stream().flatMap(input -> input.files().stream()).toList();
    var session = open(context, files, folders);
    try {
      for (var input : context.inputs().values()) {
        session.execute(
            "create view %s as select * from %s"
                .formatted(DuckSession.identifier(input.alias()), dataset(input).relation()));
      }
      return session;
    } catch (SQLException | InterruptedException | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  static DatasetFiles dataset(InputDataset input) {
    return new DatasetFiles(input.format(), input.files());
  }

  /** What DuckDB said, as a failure with its right class. */
  static Exception failure(String doing, SQLException e) {
    var message = String.valueOf(e.getMessage()).strip();
    return message.startsWith("Out of Memory Error")
        ? new MemoryExhausted(doing + ": " + message, e)
        : new SqlFailed(doing + ": " + message, e);
  }

  /** A statement was refused or failed; the message is DuckDB's. */
  static final class SqlFailed extends Exception {
    SqlFailed(String message, SQLException cause) {
      super(message, cause);
    }
  }
}
