package dev.core.worker.builtin;

import static dev.core.common.definition.Datatype.BOOLEAN;
import static dev.core.common.definition.Datatype.DATASET;
import static dev.core.common.definition.Datatype.STRING;
import static dev.core.common.variables.VariableStructure.optional;
import static dev.core.common.variables.VariableStructure.optionalOutput;

import dev.core.common.storage.DatasetRoot;
import dev.core.common.storage.s3.S3Objects;
import dev.core.worker.transformation.ConfigurationFault;
import dev.core.worker.transformation.OutputDataset;
import dev.core.worker.transformation.Transformation;
import dev.core.worker.transformation.TransformationContext;
import dev.core.worker.transformation.TransformationDescription;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
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
          .with(
              "source",
              optional(STRING, "file, folder or pattern, also in s3://bucket/…; or set input"))
          .with("input", optional(DATASET, "dataset whose files are copied; or set source"))
          .with("files", optional(STRING, "pattern of the names of files to take, such as *.csv"))
          .with(
              "unique_names",
              optional(
                  BOOLEAN,
                  "whether report.csv becomes report_<uuid>.csv; by default where target is set"))
          .with("target", optional(STRING, "folder or s3://bucket/prefix that files are put into"))
          .with("output", optionalOutput("dataset to write; it, target or both"));

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
    boolean away = context.variables().has("target");
    boolean unique =
        context.variables().has("unique_names") ? context.variables().bool("unique_names") : away;
    try (var objects = new S3Objects()) {
      var places = places(context, away, objects);
      var files = SourceFiles.anywhere(context, objects);
      var paths = new ArrayList<String>();
      long bytes = 0;
      for (var file : files) {
        var name = unique ? UniqueName.of(file.name(), ids.get()) : file.name();
        context.checkpoint();
        FilePlace.Put last = null;
        for (Place place : places) {
          last = place.put(context, file, name);
        }
        var done = Objects.requireNonNull(last);
        paths.add(done.where());
        bytes += done.bytes();
        context.progress("copied %d of %d files".formatted(paths.size(), files.size()));
      }
      finish(context, away, paths, bytes);
    }
  }

  /** The dataset, the target, or both; the target comes last. */
  private List<Place> places(TransformationContext context, boolean away, S3Objects objects)
      throws IOException {
    var places = new ArrayList<Place>();
    if (context.writes("output")) {
      places.add(into(context.output("output")));
    }
    if (away) {
      places.add(FilePlace.of(context, ids, objects)::put);
    }
    if (places.isEmpty()) {
      throw new ConfigurationFault("one of the variables 'target' and 'output' must be set");
    }
    return places;
  }

  private static void finish(
      TransformationContext context, boolean away, List<String> paths, long bytes)
      throws IOException {
    var result = new LinkedHashMap<String, Object>();
    result.put("files", paths.size());
    result.put("bytes", bytes);
    if (away) {
      result.put("paths", paths);
    }
    if (context.writes("output")) {
      context.output("output").written("files");
    }
    context.logger().info("{} files, {} bytes", paths.size(), bytes);
    context.result(result);
  }

  @FunctionalInterface
  private interface Place {
    FilePlace.Put put(TransformationContext context, SourceFile file, String name)
        throws IOException, InterruptedException;
  }

  private static Place into(OutputDataset output) {
    return (context, file, name) ->
        switch (file) {
          case SourceFile.OnDisk(var path, _) -> {
            var target = DatasetRoot.below(output.folder(), name);
            Files.createDirectories(target.getParent());
            yield new FilePlace.Put(name, copy(context, path, target));
          }
          case SourceFile.InBucket(var location, _) ->
              new FilePlace.Put(name, output.take(location.toString(), name));
        };
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
