package dev.core.worker.builtin;

import static dev.core.common.definition.Datatype.BOOLEAN;
import static dev.core.common.definition.Datatype.DATASET;
import static dev.core.common.definition.Datatype.STRING;
import static dev.core.common.variables.VariableStructure.optional;
import static dev.core.common.variables.VariableStructure.output;
import static dev.core.common.variables.VariableStructure.withDefault;

import dev.core.worker.transformation.Transformation;
import dev.core.worker.transformation.TransformationContext;
import dev.core.worker.transformation.TransformationDescription;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Copies files as they are into a dataset; the sources stay. A file that changes while it is copied
 * fails the task, so that no dataset holds half of one.
 *
 * <p>It may read whatever the worker's operating system user may read, as {@code shell} may: who
 * edits the configuration store is trusted with that, who puts files into a folder is not.
 */
public final class CopyFiles implements Transformation {

  private static final long CHUNK = 8 << 20;

  private static final TransformationDescription DESCRIPTION =
      TransformationDescription.of(
              "copy_files",
              "Copies files as they are into a dataset of format files. The result holds files and"
                  + " bytes.")
          .with("source", optional(STRING, "file, folder or pattern; or set input"))
          .with("input", optional(DATASET, "dataset whose files are copied; or set source"))
          .with("files", optional(STRING, "pattern of the names of files to take, such as *.csv"))
          .with(
              "unique_names",
              withDefault(BOOLEAN, "whether report.csv becomes report_<uuid>.csv", "false"))
          .with("output", output("dataset to write"));

  private final Supplier<UUID> ids;

  public CopyFiles() {
    this(UUID::randomUUID);
  }

  CopyFiles(Supplier<UUID> ids) {
    this.ids = ids;
  }

  @Override
  public TransformationDescription description() {
    return DESCRIPTION;
  }

  @Override
  public void run(TransformationContext context) throws IOException, InterruptedException {
    boolean unique = context.variables().bool("unique_names");
    var output = context.output("output");
    var files = SourceFiles.of(context);
    int done = 0;
    long bytes = 0;
    for (var file : files) {
      var name = unique ? UniqueName.of(file.name(), ids.get()) : file.name();
      var target = output.folder().resolve(name).normalize();
      Files.createDirectories(target.getParent());
      bytes += copy(context, file.path(), target);
      context.progress("copied %d of %d files".formatted(++done, files.size()));
    }
    output.written("files");
    context.logger().info("{} files, {} bytes", done, bytes);
    context.result(Map.of("files", done, "bytes", bytes));
  }

  /** Copies one; may be interrupted in the middle. */
  static long copy(TransformationContext context, Path from, Path to)
      throws IOException, InterruptedException {
    try (var in = FileChannel.open(from, StandardOpenOption.READ);
        var out = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      long size = in.size();
      var modified = Files.getLastModifiedTime(from);
      long position = 0;
      while (position < size) {
        context.checkpoint();
        long copied = in.transferTo(position, Math.min(CHUNK, size - position), out);
        if (copied == 0) {
          break;
        }
        position += copied;
      }
      var now = List.of(position, in.size(), Files.getLastModifiedTime(from));
      if (!now.equals(List.of(size, size, modified))) {
        throw new IOException(from + " changed while it was copied");
      }
      return size;
    }
  }
}
