package dev.core.worker.builtin;

import static dev.core.common.definition.Datatype.DATASET;
import static dev.core.common.definition.Datatype.STRING;
import static dev.core.common.variables.VariableStructure.optional;
import static dev.core.common.variables.VariableStructure.required;
import static dev.core.common.variables.VariableStructure.withDefault;

import dev.core.common.storage.DuckSession;
import dev.core.common.storage.s3.S3Objects;
import dev.core.worker.transformation.ConfigurationFault;
import dev.core.worker.transformation.InputDataset;
import dev.core.worker.transformation.Transformation;
import dev.core.worker.transformation.TransformationContext;
import dev.core.worker.transformation.TransformationDescription;
import java.io.IOException;
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
              "Puts a dataset into a folder or bucket under a stable name, as CSV, Parquet or JSON; a dataset"
                  + " of format files as it is. The result holds paths, rows and bytes.")
          .with("input", required(DATASET, "dataset to publish"))
          .with(
              "target",
              required(STRING, "folder, which is made if there is none, or s3://bucket/prefix"))
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
    var inputs =
        context.order().inputs().values().stream()
            .filter(each -> each.variable().equals("input"))
            .toList();
    boolean ofFiles = inputs.size() == 1 && inputs.getFirst().format().equals("files");
    try (var objects = new S3Objects()) {
      var place = FilePlace.of(context, ids, objects);
      var result = ofFiles ? publishFiles(context, place, objects) : publishRows(context, place);
      context.logger().info("published {}", result.get("paths"));
      context.result(result);
    }
  }

  private static Map<String, Object> publishRows(TransformationContext context, FilePlace place)
      throws Exception {
    var input = context.input("input");
    var format = context.variables().string("format");
    var name = fileName(context, input, format);
    var draft = context.scratch().resolve("published");
    try (var session = DuckWork.openWithInputs(context, List.of(context.scratch()))) {
      var view = DuckSession.identifier(input.alias());
      session.execute(
          "copy (select * from %s) to %s (%s)"
              .formatted(view, DuckSession.literal(draft.toString()), options(context, format)));
      long rows = session.number("select count(*) from " + view);
      var put = place.put(context, new SourceFile.OnDisk(draft, name), name);
      return result(List.of(put.where()), rows, put.bytes());
    } catch (SQLException e) {
      throw DuckWork.failure("publishing failed", e);
    }
  }

  private static Map<String, Object> publishFiles(
      TransformationContext context, FilePlace place, S3Objects objects)
      throws IOException, InterruptedException {
    var paths = new ArrayList<String>();
    long bytes = 0;
    for (var source : SourceFiles.anywhere(context, objects)) {
      var put = place.put(context, source, source.name());
      paths.add(put.where());
      bytes += put.bytes();
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
}
