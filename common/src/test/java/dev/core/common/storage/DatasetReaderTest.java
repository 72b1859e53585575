package dev.core.common.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.core.common.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetReaderTest {

  @TempDir Path folder;
  private Path parquet;

  @BeforeEach
  void writeSomeRows() throws Exception {
    var place = Files.createDirectories(folder.resolve("run_id=7/attempt=1"));
    parquet = place.resolve("odd [name]*.parquet");
    var limits = new DuckSession.Limits(256, 1, null, List.of(), List.of(place));
    try (var session = DuckSession.open(limits)) {
      session.execute(
          """
          copy (select * from (values
            (1, 'plain', 1.50::decimal(10,2), date '2001-02-03'),
            (2, 'a "quoted", one', null, null),
            (3, 'two' || chr(10) || 'lines' || chr(27) || '[31m', 0.1, null),
            (null, '', -3, null)
          ) as t(id, text, cost, day)) to\
          """
              + " "
              + DuckSession.literal(parquet.toString())
              + " (format parquet)");
    }
  }

  private String text(DatasetFiles dataset, RowFormat format, long limit) throws Exception {
    var out = new StringBuilder();
    try (var reader = new DatasetReader(dataset)) {
      reader.write(format, limit, out);
    }
    return out.toString();
  }

  @Test
  void parquetIsWrittenAsCsvWithoutColumnsFromItsPlace() throws Exception {
    assertThat(text(new DatasetFiles("parquet", List.of(parquet)), RowFormat.CSV, -1))
        .isEqualTo(
            """
            id,text,cost,day
            1,plain,1.50,2001-02-03
            2,"a ""quoted"", one",,
            3,"two
            lines\u001b[31m",0.10,
            ,"",-3.00,
            """);
  }

  @Test
  void jsonIsAnArrayOfObjectsWithNumbersAsNumbers() throws Exception {
    var json = Json.tree(text(new DatasetFiles("parquet", List.of(parquet)), RowFormat.JSON, 2));
    assertThat(json).hasSize(2);
    assertThat(json.get(0).get("cost").isNumber()).isTrue();
    assertThat(json.get(1).get("day").isNull()).isTrue();
    assertThat(text(new DatasetFiles("files", List.of()), RowFormat.JSON, -1)).isEqualTo("[]\n");
  }

  @Test
  void whatJsonHasNoNumberForIsNullAndTimesAreInUtc() throws Exception {
    var file = folder.resolve("odd.parquet");
    var limits = new DuckSession.Limits(256, 1, null, List.of(), List.of(folder));
    try (var session = DuckSession.open(limits)) {
      session.execute(
          "copy (select 'nan'::double as \"a\"\"b\", 1.5::double as c, '-inf'::float as whole_row,"
              + " timestamptz '2001-01-01 10:00:00+02' as t) to "
              + DuckSession.literal(file.toString())
              + " (format parquet)");
    }
    assertThat(text(new DatasetFiles("parquet", List.of(file)), RowFormat.JSON, -1))
        .isEqualTo(
            "[\n{\"a\\\"b\":null,\"c\":1.5,\"whole_row\":null,\"t\":\"2001-01-01 08:00:00+00\"}\n]\n");
  }

  @Test
  void tableAlignsSaysHowManyRowsThereAreAndMovesNoCursor() throws Exception {
    assertThat(text(new DatasetFiles("parquet", List.of(parquet)), RowFormat.TABLE, 3))
        .isEqualTo(
            """
            id  text             cost  day
            --  ---------------  ----  ----------
             1  plain            1.50  2001-02-03
             2  a "quoted", one
             3  two·lines·[31m   0.10
            3 of 4 rows
            """);
  }

  @Test
  void csvAndJsonDatasetsAreRead() throws IOException, Exception {
    var csv = Files.writeString(folder.resolve("a.csv"), "name,n\nx,1\n\"y, z\",\n");
    var json = Files.writeString(folder.resolve("a.json"), "{\"n\":1}\n{\"n\":2}\n");
    assertThat(text(new DatasetFiles("csv", List.of(csv)), RowFormat.CSV, -1))
        .isEqualTo("name,n\nx,1\n\"y, z\",\n");
    assertThat(text(new DatasetFiles("json", List.of(json)), RowFormat.CSV, 1)).isEqualTo("n\n1\n");
  }

  @Test
  void filesAreListed() throws Exception {
    assertThat(text(new DatasetFiles("files", List.of(parquet)), RowFormat.CSV, -1))
        .isEqualTo("file,path\nodd [name]*.parquet," + parquet + "\n");
  }

  @Test
  void whatIsMissingOrNoParquetIsNamed() throws Exception {
    var missing = new DatasetFiles("parquet", List.of(folder.resolve("missing.parquet")));
    assertThatThrownBy(() -> text(missing, RowFormat.CSV, -1))
        .isInstanceOf(DatasetReader.UnreadableDataset.class)
        .hasMessageContaining("missing.parquet");
    var broken = Files.writeString(folder.resolve("broken.parquet"), "nothing of the kind");
    assertThatThrownBy(() -> text(new DatasetFiles("parquet", List.of(broken)), RowFormat.CSV, -1))
        .hasMessageContaining("broken.parquet");
  }
}
