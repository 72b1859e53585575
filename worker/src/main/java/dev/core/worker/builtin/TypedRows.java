package dev.core.worker.builtin;

import dev.core.common.storage.DuckSession;
import dev.core.worker.builtin.Misfits.Misfit;
import dev.core.worker.transformation.OutputDataset;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The view {@code typed} over the texts of the table {@code raw}, and what is read from it. */
final class TypedRows {

  private TypedRows() {}

  /** The narrowest type of each column that every text of it fits. */
  static List<IngestColumn> inferred(DuckSession session, List<IngestColumn> columns)
      throws SQLException, InterruptedException {
    var inferred = new ArrayList<IngestColumn>();
    for (int i = 0; i < columns.size(); i++) {
      var column = columns.get(i);
      var text = column.as(IngestType.INFERRED.getFirst()).text("c" + i);
      var tests =
          IngestType.INFERRED.stream()
              .map(type -> "count(" + type.inferred("v") + ") = count(v)")
              .collect(Collectors.joining(", "));
      var type =
          session.query(
              "select count(v) > 0, %s from (select %s as v from raw)".formatted(tests, text),
              rows -> {
                boolean any = rows.next() && rows.getBoolean(1);
                for (int t = 0; any && t < IngestType.INFERRED.size(); t++) {
                  if (rows.getBoolean(t + 2)) {
                    return IngestType.INFERRED.get(t);
                  }
                }
                return column.type();
              });
      inferred.add(column.as(type));
    }
    return inferred;
  }

  /** Makes the view: for each column i text v_i, value t_i and misfit m_i. */
  static void create(DuckSession session, List<IngestColumn> columns)
      throws SQLException, InterruptedException {
    var texts = new StringBuilder();
    var values = new StringBuilder();
    var misfits = new StringBuilder();
    for (int i = 0; i < columns.size(); i++) {
      var column = columns.get(i);
      texts.append(", ").append(column.text("c" + i)).append(" as v").append(i);
      values.append(", ").append(column.value("v" + i)).append(" as t").append(i);
      misfits.append(", ").append(column.misfit("v" + i, "t" + i)).append(" as m").append(i);
    }
    session.execute(
        "create view typed as select *%s from (select *%s from (select file, record%s from raw))"
            .formatted(misfits, values, texts));
  }

  /** The rows with their values; rows with a misfit are left out where nothing stands for it. */
  static String query(List<IngestColumn> columns, boolean rejecting) {
    var values =
        IntStream.range(0, columns.size())
            .mapToObj(i -> "t" + i + " as " + DuckSession.identifier(columns.get(i).name()))
            .collect(Collectors.joining(", "));
    var fitting =
        IntStream.range(0, columns.size())
            .filter(i -> rejecting || columns.get(i).required())
            .mapToObj(i -> " and not m" + i)
            .collect(Collectors.joining());
    return "select " + values + " from typed where true" + fitting;
  }

  /** Writes what did not fit as a dataset. */
  static void writeMisfits(DuckSession session, OutputDataset output, List<Misfit> misfits)
      throws SQLException, IOException, InterruptedException {
    session.execute(
        "create table misfits (file varchar, line bigint, \"column\" varchar, value varchar,"
            + " problem varchar)");
    for (int from = 0; from < misfits.size(); from += 1000) {
      var rows =
          misfits.subList(from, Math.min(from + 1000, misfits.size())).stream()
              .map(misfit ->
                  "(%s, nullif(%d, 0), nullif(%s, ''), %s, %s)"
                      .formatted(
                          DuckSession.literal(misfit.file()),
                          misfit.line(),
                          DuckSession.literal(misfit.column()),
                          misfit.value() == null ? "null" : DuckSession.literal(misfit.value()),
                          DuckSession.literal(misfit.problem())))
              .collect(Collectors.joining(", "));
      session.execute("insert into misfits values " + rows);
    }
    new RowsWriter(session, output, "parquet").write("select * from misfits", List.of());
  }
}
