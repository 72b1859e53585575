package dev.core.worker.builtin;

import static dev.core.common.definition.Datatype.BOOLEAN;
import static dev.core.common.definition.Datatype.DATASET;
import static dev.core.common.definition.Datatype.INTEGER;
import static dev.core.common.definition.Datatype.JSON;
import static dev.core.common.definition.Datatype.STRING;
import static dev.core.common.variables.VariableStructure.optional;
import static dev.core.common.variables.VariableStructure.optionalOutput;
import static dev.core.common.variables.VariableStructure.output;
import static dev.core.common.variables.VariableStructure.withDefault;

import dev.core.common.storage.DuckSession;
import dev.core.worker.builtin.IngestSource.Refused;
import dev.core.worker.builtin.IngestSource.Text;
import dev.core.worker.transformation.ConfigurationFault;
import dev.core.worker.transformation.Transformation;
import dev.core.worker.transformation.TransformationContext;
import dev.core.worker.transformation.TransformationDescription;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Turns delimited text or JSON into Parquet with types. Every value either fits its column's type,
 * or is told of with file and line; which then fails the task, loses the row or becomes null, as
 * the variable {@code on_error} says. Without {@code columns} all columns are taken, with the
 * narrowest type that every value fits.
 */
public final class InitialIngest implements Transformation {

  private static final int EXAMPLES = 10;
  private static final int MOST_REJECTS = 100_000;

  private static final TransformationDescription DESCRIPTION =
      TransformationDescription.of(
              "initial_ingest",
              "Turns delimited text or JSON, from files or a dataset, into Parquet with types. The"
                  + " result holds files, rows, rejected and nulled.")
          .with("source", optional(STRING, "file, folder or pattern; or set input"))
          .with("input", optional(DATASET, "dataset whose files are read; or set source"))
          .with("files", optional(STRING, "pattern of the names of files to take, such as *.csv"))
          .with(
              "format",
              withDefault(STRING, "what the files are; json: an array or lines", "delimited")
                  .oneOf("delimited", "json"))
          .with("delimiter", withDefault(STRING, "between fields; \\t is a tab", ","))
          .with("quote", withDefault(STRING, "around fields, doubled within; empty: none", "\""))
          .with("header", withDefault(BOOLEAN, "whether the first line names the columns", "true"))
          .with("skip_lines", withDefault(INTEGER, "lines before the header", "0"))
          .with("encoding", withDefault(STRING, "such as utf-8 or windows-1252", "utf-8"))
          .with("null_values", optional(JSON, "texts that mean null, in every column"))
          .with(
              "columns",
              optional(
                  JSON,
                  "name to type, or to an object with type, from, format, null_values, remove,"
                      + " required, trim; types: "
                      + IngestType.ALLOWED))
          .with(
              "on_error",
              withDefault(
                      STRING, "when a value does not fit: fail, reject the row, or null", "fail")
                  .oneOf("fail", "reject", "null"))
          .with("reject_limit", optional(INTEGER, "fail if more rows than this are rejected"))
          .with("output", output("dataset to write"))
          .with("rejects", optionalOutput("dataset of what did not fit, with file and line"));

  @Override
  public TransformationDescription description() {
    return DESCRIPTION;
  }

  @Override
  public void run(TransformationContext context) throws Exception {
    var variables = context.variables();
    var layout = variables.string("format").equals("json") ? null : Delimited.of(variables);
    var declared = declared(context, layout == null || layout.header());
    var files = texts(context);
    if (files.isEmpty() && declared.isEmpty()) {
      throw new ConfigurationFault(
          "there are fewer files than partitions: set the variable 'columns', so that a partition"
              + " without files knows its columns");
    }
    var paths = files.stream().map(Text::path).toList();
    var folders = new ArrayList<Path>();
    for (var name : List.of("output", "rejects")) {
      if (context.writes(name)) {
        folders.add(context.output(name).folder());
      }
    }
    try (var session = DuckWork.open(context, paths, folders)) {
      var source = new IngestSource(session, layout);
      var columns = declared.isEmpty() ? found(source, files.getFirst(), nulls(context)) : declared;
      source.create(columns.size());
      var refused = new ArrayList<Refused>();
      for (var file : files) {
        refused.addAll(source.load(file, columns));
        context.progress("read %d of %d files".formatted(file.number() + 1, files.size()));
      }
      if (declared.isEmpty()) {
        columns = TypedRows.inferred(session, columns);
      }
      TypedRows.create(session, columns);
      var misfits = Misfits.count(session, columns, refused);
      judge(context, misfits, session, files);
      write(context, session, columns, misfits, files.size());
    } catch (SQLException e) {
      throw DuckWork.failure("reading failed", e);
    }
  }

  private static List<IngestColumn> declared(TransformationContext context, boolean header) {
    return context.variables().has("columns")
        ? IngestColumns.parse(context.variables().json("columns"), nulls(context), header)
        : List.of();
  }

  private static List<String> nulls(TransformationContext context) {
    return context.variables().has("null_values")
        ? IngestColumns.texts(context.variables().json("null_values"))
            .orElseThrow(
                () -> new ConfigurationFault("variable 'null_values' must be a list of texts"))
        : List.of();
  }

  private static List<Text> texts(TransformationContext context)
      throws IOException, InterruptedException {
    var texts = TextFiles.of(context.variables().string("encoding"), context.scratch());
    var files = new ArrayList<Text>();
    for (var source : SourceFiles.of(context)) {
      int number = files.size();
      files.add(new Text(number, texts.utf8(source.path(), number), source.name()));
    }
    return files;
  }

  private static List<IngestColumn> found(IngestSource source, Text file, List<String> nulls)
      throws IOException, SQLException, InterruptedException {
    var text = IngestType.parse("string").orElseThrow();
    return source.columns(file).stream()
        .map(name -> new IngestColumn(name, text, name, List.of(), nulls, "", false, false))
        .toList();
  }

  private static void judge(
      TransformationContext context, Misfits misfits, DuckSession session, List<Text> files)
      throws SQLException, IOException, InterruptedException, ValuesDoNotFit {
    if (!misfits.any()) {
      return;
    }
    var variables = context.variables();
    var layout = variables.string("format").equals("json") ? null : Delimited.of(variables);
    var examples = misfits.list(session, files, layout, EXAMPLES);
    var sentence = misfits.sentence(examples);
    if (variables.string("on_error").equals("fail")) {
      throw new ValuesDoNotFit(sentence);
    }
    long rejected = rejected(context, misfits);
    if (variables.has("reject_limit") && rejected > variables.integer("reject_limit")) {
      throw new ValuesDoNotFit(
          "%d rows were rejected, more than the limit of %d; %s"
              .formatted(rejected, variables.integer("reject_limit"), sentence));
    }
    context.logger().warn("{}", sentence);
    if (context.writes("rejects")) {
      var all = misfits.list(session, files, layout, MOST_REJECTS);
      TypedRows.writeMisfits(session, context.output("rejects"), all);
    }
  }

  private static long rejected(TransformationContext context, Misfits misfits) {
    return misfits.refused().size()
        + (context.variables().string("on_error").equals("reject") ? misfits.rows() : 0);
  }

  private static void write(
      TransformationContext context,
      DuckSession session,
      List<IngestColumn> columns,
      Misfits misfits,
      int files)
      throws SQLException, IOException, InterruptedException {
    boolean rejecting = context.variables().string("on_error").equals("reject");
    long rows =
        new RowsWriter(session, context.output("output"), "parquet")
            .write(TypedRows.query(columns, rejecting), List.of());
    var result = new LinkedHashMap<String, Object>();
    result.put("files", files);
    result.put("rows", rows);
    long read = session.number("select count(*) from raw");
    result.put("rejected", misfits.refused().size() + read - rows);
    if (!rejecting) {
      result.put("nulled", misfits.nulled());
    }
    context.logger().info("{} rows of {} files", rows, files);
    context.result(result);
  }

  /** Values or records that are not as the variables say. */
  static final class ValuesDoNotFit extends Exception {
    ValuesDoNotFit(String message) {
      super(message);
    }
  }
}
