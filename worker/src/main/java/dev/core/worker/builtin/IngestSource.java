package dev.core.worker.builtin;

import dev.core.common.storage.DuckSession;
import dev.core.common.variables.Nearest;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The source files as rows of text in the table {@code raw}: file, record, and c0, c1 … for the
 * columns.
 *
 * @param layout null: the files are JSON
 */
record IngestSource(DuckSession session, @Nullable Delimited layout) {

  /**
   * A source file that is UTF-8 and plain.
   *
   * @param name for messages
   */
  record Text(int number, Path path, String name) {}

  /** Where somebody finds the thing that a message is about. */
  record Refused(int file, long position, String problem) {}

  /** The names of a file's columns. */
  List<String> columns(Text file) throws IOException, SQLException, InterruptedException {
    if (layout != null) {
      return layout.columns(file.path());
    }
    return session.query(
        "describe select * from read_json("
            + literal(file)
            + ", format = 'auto', records = true, sample_size = -1, maximum_object_size = 67108864)",
        rows -> {
          var names = new ArrayList<String>();
          while (rows.next()) {
            names.add(rows.getString("column_name"));
          }
          return names;
        });
  }

  /** Makes the table. */
  void create(int width) throws SQLException, InterruptedException {
    var columns = new StringBuilder("file integer, record bigint");
    for (int i = 0; i < width; i++) {
      columns.append(", c").append(i).append(" varchar");
    }
    session.execute("create table raw (" + columns + ")");
  }

  /** Adds the rows of a file; gives the records that are not even made up of the right fields. */
  List<Refused> load(Text file, List<IngestColumn> columns)
      throws IOException, SQLException, InterruptedException {
    return layout == null ? loadJson(file, columns) : loadDelimited(file, columns, layout);
  }

  private List<Refused> loadJson(Text file, List<IngestColumn> columns)
      throws IOException, SQLException, InterruptedException {
    var names = columns.stream().map(IngestColumn::from).distinct().toList();
    var types =
        names.stream()
            .map(name -> DuckSession.literal(name) + ": 'VARCHAR'")
            .collect(Collectors.joining(", ", "{", "}"));
    var values =
        columns.stream()
            .map(column -> DuckSession.identifier(column.from()))
            .collect(Collectors.joining(", "));
    session.execute(
        "insert into raw select %d, row_number() over (), %s from read_json(%s, format = 'auto',"
                .formatted(file.number(), values, literal(file))
            + " records = true, maximum_object_size = 67108864, columns = "
            + types
            + ")");
    var filled =
        names.stream()
            .map(name -> "count(c" + names(columns).indexOf(name) + ")")
            .collect(Collectors.joining(", "));
    var absent = new ArrayList<String>();
    session.query(
        "select " + filled + ", count(*) from raw where file = " + file.number(),
        rows -> {
          while (rows.next()) {
            for (int i = 0; i < names.size(); i++) {
              if (rows.getLong(i + 1) == 0 && rows.getLong(names.size() + 1) > 0) {
                absent.add(names.get(i));
              }
            }
          }
          return true;
        });
    if (!absent.isEmpty()) {
      // All of them may be null; whether nobody ever wrote that name is worth a second look.
      require(file, absent, columns(file));
    }
    return List.of();
  }

  private List<Refused> loadDelimited(Text file, List<IngestColumn> columns, Delimited layout)
      throws IOException, SQLException, InterruptedException {
    var found = layout.columns(file.path());
    require(file, names(columns), found);
    var values =
        columns.stream()
            .map(column -> "p" + (found.indexOf(column.from()) + 1))
            .collect(Collectors.joining(", "));
    var rejects = "rejects_" + file.number();
    session.execute(
        "insert into raw select %d, row_number() over (), %s from %s"
            .formatted(file.number(), values, layout.relation(file.path(), found.size(), rejects)));
    return session.query(
        "select line_byte_position, error_type, error_message from "
            + rejects
            + " order by line_byte_position",
        rows -> {
          var refused = new ArrayList<Refused>();
          while (rows.next()) {
            long position = rows.getLong(1);
            if (refused.isEmpty() || refused.getLast().position() != position) {
              refused.add(
                  new Refused(
                      file.number(), position, problem(rows.getString(2), rows.getString(3))));
            }
          }
          return refused;
        });
  }

  private static String problem(String type, String message) {
    return switch (type) {
      case "MISSING COLUMNS", "TOO MANY COLUMNS" ->
          message
              .replace("Expected Number of Columns:", "expected")
              .replace(" Found:", " fields, found");
      case "INVALID ENCODING" -> "holds bytes that are not UTF-8; set the variable 'encoding'";
      case "UNQUOTED VALUE" -> "a quote is not closed, or has text behind it";
      default -> message;
    };
  }

  private static List<String> names(List<IngestColumn> columns) {
    return columns.stream().map(IngestColumn::from).toList();
  }

  private static void require(Text file, List<String> wanted, List<String> found) {
    var problems = new ArrayList<String>();
    for (var name : Set.copyOf(wanted).stream().sorted().toList()) {
      long times = found.stream().filter(name::equals).count();
      if (times == 0) {
        problems.add("has no column '" + name + "'" + Nearest.hint(name, found));
      } else if (times > 1) {
        problems.add("has the column '" + name + "' " + times + " times");
      }
    }
    if (!problems.isEmpty()) {
      throw new UnfitSource(
          "%s %s; it has: %s"
              .formatted(file.name(), String.join(", ", problems), String.join(", ", found)));
    }
  }

  private static String literal(Text file) {
    return "[" + DuckSession.literal(DuckSession.pattern(file.path())) + "]";
  }

  /** A source file is not what the variables say of it. */
  static final class UnfitSource extends RuntimeException {
    UnfitSource(String message) {
      super(message);
    }
  }
}
