package dev.core.worker.builtin;

import static dev.core.common.definition.Datatype.DATASET;
import static dev.core.common.definition.Datatype.STRING;
import static dev.core.common.variables.VariableStructure.optional;
import static dev.core.common.variables.VariableStructure.required;
import static dev.core.common.variables.VariableStructure.withDefault;

import dev.core.common.storage.DuckSession;
import dev.core.worker.transformation.ConfigurationFault;
import dev.core.worker.transformation.InputDataset;
import dev.core.worker.transformation.Transformation;
import dev.core.worker.transformation.TransformationContext;
import dev.core.worker.transformation.TransformationDescription;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts a dataset where others pick it up, under a name that stays the same. Whoever reads that name
 * gets the old file or the new one, whole: it is written beside it and then takes its place at
 * once. Doing it again does no harm.
 */
public final class PublishFiles implements Transformation {

  private static final TransformationDescription DESCRIPTION =
      TransformationDescription.of(
              "publish_files",
              "Puts a dataset into a folder under a stable name, as CSV, Parquet or JSON; a dataset"
                  + " of format files as it is. The result holds paths, rows and bytes.")
          .with("input", required(DATASET, "dataset to publish"))
          .with("target", required(STRING, "folder; it is made if there is none"))
          .with("name", optional(STRING, "name of the file; by default that of the dataset"))
          .with(
              "format",
              withDefault(STRING, "json: an array of objects", "csv")
                  .oneOf("csv", "parquet", "json"))
          .with("delimiter", withDefault(STRING, "between fields of CSV; \\t is a tab", ","));

  private final Supplier<UUID> ids;

  public PublishFiles() {
    this(UUID::randomUUID);
  }

  PublishFiles(Supplier<UUID> ids) {
    this.ids = ids;
  }

  @Override
  public TransformationDescription description() {
    return DESCRIPTION;
  }

  @Override
  public void run(TransformationContext context) throws Exception {
    var input = context.input("input");
    var target = context.workingDirectory().resolve(context.variables().string("target"));
    if (Files.exists(target) && !Files.isDirectory(target)) {
      throw new ConfigurationFault("variable 'target' must be a folder, but " + target + " is not");
    }
    Files.createDirectories(target);
    var folder = target.toRealPath();
    var result =
        input.format().equals("files")
            ? publishFiles(context, folder)
            : publishRows(context, input, folder);
    context.logger().info("published {}", result.get("paths"));
    context.result(result);
  }

  private Map<String, Object> publishRows(
      TransformationContext context, InputDataset input, Path folder) throws Exception {
    var format = context.variables().string("format");
    var file = folder.resolve(fileName(context, input, format));
    var draft = draft(file);
    try (var session = DuckWork.openWithInputs(context, List.of(folder))) {
      var view = DuckSession.identifier(input.alias());
      session.execute(
          "copy (select * from %s) to %s (%s)"
              .formatted(view, DuckSession.literal(draft.toString()), options(context, format)));
      long rows = session.number("select count(*) from " + view);
      replace(draft, file);
      return result(List.of(file.toString()), rows, Files.size(file));
    } catch (SQLException e) {
      throw DuckWork.failure("publishing failed", e);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private Map<String, Object> publishFiles(TransformationContext context, Path folder)
      throws IOException, InterruptedException {
    var paths = new ArrayList<String>();
    long bytes = 0;
    for (var source : SourceFiles.of(context)) {
      var file = folder.resolve(source.name()).normalize();
      Files.createDirectories(file.getParent());
      var draft = draft(file);
      try {
        bytes += CopyFiles.copy(context, source.path(), draft);
        replace(draft, file);
      } finally {
        Files.deleteIfExists(draft);
      }
      paths.add(file.toString());
    }
    return result(paths, null, bytes);
  }

  private static Map<String, Object> result(List<String> paths, @Nullable Long rows, long bytes) {
    var result = new LinkedHashMap<String, Object>();
    result.put("paths", paths);
    if (rows != null) {
      result.put("rows", rows);
    }
    result.put("bytes", bytes);
    return result;
  }

  private static String fileName(TransformationContext context, InputDataset input, String format) {
    var dataset = input.name().substring(input.name().lastIndexOf('/') + 1);
    var name = context.variables().optional("name").orElse(dataset);
    if (name.startsWith(".") || name.chars().anyMatch(c -> c < ' ' || c == '/' || c == '\\')) {
      throw new ConfigurationFault(
          "variable 'name' must be the name of a file, without a folder, but is '" + name + "'");
    }
    return name.endsWith("." + format) ? name : name + "." + format;
  }

  private static String options(TransformationContext context, String format) {
    return switch (format) {
      case "csv" -> {
        var delimiter = context.variables().string("delimiter");
        yield "format csv, header true, delim "
            + DuckSession.literal(delimiter.equals("\\t") ? "\t" : delimiter);
      }
      case "json" -> "format json, array true";
      default -> "format " + format;
    };
  }

  /** In the same folder, so that it can be renamed at once; hidden, so that nobody picks it up. */
  private Path draft(Path file) {
    return file.resolveSibling("." + file.getFileName() + "." + ids.get() + ".part");
  }

  private static void replace(Path draft, Path file) throws IOException {
    try (var channel = FileChannel.open(draft, StandardOpenOption.READ)) {
      channel.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
