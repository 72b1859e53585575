package dev.core.worker.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.core.common.protocol.Outcome;
import dev.core.worker.attempt.Attempts;
import dev.core.worker.transformation.ConfigurationFault;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InitialIngestTest {

  @TempDir Path folder;

  private Attempts ingest(Path source) {
    return new Attempts(new InitialIngest(), folder).with("source", source.toString());
  }

  private Attempts ingest(String text) throws IOException {
    return ingest(Files.writeString(folder.resolve("in.csv"), text));
  }

  private static Path data(String name) throws Exception {
    return Path.of(InitialIngestTest.class.getResource("/data/" + name).toURI());
  }

  private static String csv(Outcome outcome) throws Exception {
    return Attempts.csv(outcome, "output");
  }

  @Test
  void realStrikesGetTheirTypes() throws Exception {
    var outcome =
        ingest(data("birdstrikes-300.csv"))
            .with(
                "columns",
                """
                {"airport": {"from": "Airport Name"},
                 "day": {"type": "date", "from": "Flight Date", "format": ["%Y-%m-%d", "%m/%d/%Y"]},
                 "cost": {"type": "integer", "from": "Cost Total $", "remove": "$,"},
                 "speed": {"type": "integer", "from": "Speed IAS in knots"},
                 "species": {"from": "Wildlife Species", "null_values": ["Unknown bird or bat"]}}
                """)
            .run();
    var lines = csv(outcome).lines().toList();
    assertThat(lines.getFirst()).isEqualTo("airport,day,cost,speed,species");
    assertThat(lines.get(1))
        .isEqualTo("BARKSDALE AIR FORCE BASE ARPT,1990-01-08,0,300,Turkey vulture");
    assertThat(lines.get(2)).isEqualTo("BARKSDALE AIR FORCE BASE ARPT,1990-01-09,0,200,");
    assertThat(lines).hasSize(301);
    assertThat(outcome.result().get("rows").asInt()).isEqualTo(300);
    assertThat(outcome.result().get("rejected").asInt()).isZero();
  }

  @Test
  void realFlightsAreReadFromJson() throws Exception {
    var outcome =
        ingest(data("flights-500.json"))
            .with("format", "json")
            .with(
                "columns",
                """
                {"departure": {"type": "datetime", "from": "date", "format": "%Y/%m/%d %H:%M"},
                 "delay": "integer", "origin": "string"}
                """)
            .run();
    assertThat(csv(outcome)).startsWith("departure,delay,origin\n2001-01-01 00:47:00,66,DTW\n");
    assertThat(outcome.datasets().getFirst().rows()).isEqualTo(500);
  }

  @Test
  void withoutColumnsEachGetsTheNarrowestTypeThatFits() throws Exception {
    var airports = csv(ingest(data("airports-200.csv")).run());
    assertThat(airports)
        .startsWith(
            "iata,name,city,state,country,latitude,longitude\n"
                + "00M,Thigpen,Bay Springs,MS,USA,31.95376472,-89.23450472\n");
    var outcome =
        ingest(
                "zip,n,flag,day,at,none,mix\n00501,1,true,2001-01-01,2001-01-01 10:00,,1\n"
                    + "10001,-2,false,2001-12-31,2001-01-02 11:30:05,,x\n")
            .run();
    assertThat(csv(outcome))
        .isEqualTo(
            "zip,n,flag,day,at,none,mix\n"
                + "00501,1,true,2001-01-01,2001-01-01 10:00:00,,1\n"
                + "10001,-2,false,2001-12-31,2001-01-02 11:30:05,,x\n");
    var flights = ingest(data("flights-500.json")).with("format", "json").run();
    assertThat(csv(flights))
        .startsWith("date,delay,distance,origin,destination\n2001-01-01 00:47:00,66,1750,DTW,LAS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void valueThatDoesNotFitIsToldOfWithItsLine(String newline) {
    var text =
        String.join(
            newline,
            "name,delay",
            "\"two",
            "lines, \"\"quoted\"\"\",1",
            "",
            "plain,1.5",
            "short",
            "fine,-3",
            "late,abc",
            "long,1,2",
            "big,99999999999999999999",
            "");
    assertThatThrownBy(
            () -> ingest(text).with("columns", "{\"name\":\"string\",\"delay\":\"integer\"}").run())
        .isInstanceOf(InitialIngest.ValuesDoNotFit.class)
        .hasMessage(
            "2 records have the wrong make-up and 3 values do not fit (delay: 3): "
                + "in.csv line 5: delay '1.5' is not a whole number; "
                + "in.csv line 6: expected 2 fields, found 1; "
                + "in.csv line 8: delay 'abc' is not a whole number; "
                + "in.csv line 9: expected 2 fields, found 3; "
                + "in.csv line 10: delay '99999999999999999999' is not a whole number");
  }

  @Test
  void rejectedRowsAreCountedAndKeptAside() throws Exception {
    var outcome =
        ingest("a,b\n1,x\n?,y\n3\n,z\n5,\n")
            .with("columns", "{\"a\":{\"type\":\"integer\",\"required\":true},\"b\":\"string\"}")
            .with("on_error", "reject")
            .run();
    assertThat(csv(outcome)).isEqualTo("a,b\n1,x\n5,\n");
    assertThat(outcome.result().toString()).isEqualTo("{\"files\":1,\"rejected\":3,\"rows\":2}");
    assertThat(Attempts.csv(outcome, "rejects"))
        .isEqualTo(
            """
            file,line,column,value,problem
            in.csv,3,a,?,a whole number
            in.csv,4,,,"expected 2 fields, found 1"
            in.csv,5,a,,a whole number
            """);
    assertThatThrownBy(() ->
            ingest("a\nx\ny\n1\n")
                .with("columns", "{\"a\":\"integer\"}")
                .with("on_error", "reject")
                .with("reject_limit", "1")
                .run())
        .hasMessageContaining("2 rows were rejected, more than the limit of 1");
  }

  @Test
  void valuesThatDoNotFitCanBecomeNull() throws Exception {
    var outcome =
        ingest("a,b\n1,x\n?,y\n")
            .with("columns", "{\"a\":\"decimal(5,1)\",\"b\":\"string\"}")
            .with("on_error", "null")
            .run();
    assertThat(csv(outcome)).isEqualTo("a,b\n1.0,x\n,y\n");
    assertThat(outcome.result().get("nulled").toString()).isEqualTo("{\"a\":1}");
  }

  @Test
  void delimitersQuotesEncodingsAndPackingAreUnderstood() throws Exception {
    var latin =
        Files.writeString(
            folder.resolve("latin.txt"),
            "# made by hand\nname\tcity\n'O''Hare'\tZürich\n",
            Charset.forName("windows-1252"));
    var outcome =
        ingest(latin)
            .with("delimiter", "\\t")
            .with("quote", "'")
            .with("skip_lines", "1")
            .with("encoding", "windows-1252")
            .run();
    assertThat(csv(outcome)).isEqualTo("name,city\nO'Hare,Zürich\n");

    var packed = folder.resolve("packed.csv.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write("\uFEFFa;b\n1;\"2;3\"\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(csv(ingest(packed).with("delimiter", ";").run())).isEqualTo("a,b\n1,2;3\n");

    var headless =
        ingest("1,x\n2,y\n")
            .with("header", "false")
            .with("columns", "{\"n\":\"integer\",\"s\":{\"from\":2}}");
    assertThat(csv(headless.run())).isEqualTo("n,s\n1,x\n2,y\n");
  }

  @Test
  void wrongEncodingIsSaid() throws Exception {
    var latin =
        Files.write(
            folder.resolve("latin.csv"), "a\nx\nZürich\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> ingest(latin).run())
        .hasMessageContaining("latin.csv line 3: holds bytes that are not UTF-8");
    assertThatThrownBy(() -> ingest(latin).with("encoding", "us-ascii").run())
        .hasMessageContaining("latin.csv is not US-ASCII text");
    assertThatThrownBy(() -> ingest(latin).with("encoding", "klingon").run())
        .isInstanceOf(ConfigurationFault.class)
        .hasMessageContaining("klingon");
  }

  @Test
  void columnsThatAreNotThereAreAllNamed() throws Exception {
    assertThatThrownBy(() ->
            ingest("name,delay,delay\nx,1,2\n")
                .with("columns", "{\"nam\":\"string\",\"delay\":\"integer\",\"day\":\"date\"}")
                .run())
        .hasMessage(
            "in.csv has no column 'day', has the column 'delay' 2 times, has no"
                + " column 'nam'; did you mean 'name'?; it has: name, delay, delay");
    var json = Files.writeString(folder.resolve("in.json"), "[{\"a\":null,\"b\":1}]");
    assertThatThrownBy(() ->
            ingest(json)
                .with("format", "json")
                .with("columns", "{\"a\":\"integer\",\"c\":\"integer\"}")
                .run())
        .hasMessageContaining("in.json has no column 'c'");
  }

  @Test
  void faultsOfTheColumnsAreAllSaid() {
    assertThatThrownBy(() ->
            ingest("a\n1\n")
                .with(
                    "columns",
                    """
                    {"a": "int", "b": 3, "c": {"typ": "date", "format": {"x": 1}},
                     "d": {"required": "yes"}, "e": "decimal(50,2)"}
                    """)
                .run())
        .isInstanceOf(ConfigurationFault.class)
        .hasMessageContaining("'a' has an unknown type 'int'")
        .hasMessageContaining("'b' must be a type, or an object")
        .hasMessageContaining("'c' has an unknown key 'typ'; did you mean 'type'?")
        .hasMessageContaining("'c': 'format' must be a text or a list of texts")
        .hasMessageContaining("'d': 'required' must be true or false")
        .hasMessageContaining("'e' has an unknown type 'decimal(50,2)'");
  }

  @Test
  void malformedJsonIsSaidWithItsPlace() throws Exception {
    var broken =
        Files.writeString(folder.resolve("broken.json"), "{\"n\":1}\n{\"n\":\n{\"n\":3}\n");
    var columns = "{\"n\":\"integer\"}";
    assertThatThrownBy(() -> ingest(broken).with("format", "json").with("columns", columns).run())
        .hasMessageContaining("broken.json")
        .hasMessageContaining("line");
    var words = Files.writeString(folder.resolve("words.json"), "[{\"n\":1},{\"n\":\"two\"}]");
    assertThatThrownBy(() -> ingest(words).with("format", "json").with("columns", columns).run())
        .hasMessageContaining("words.json record 2: n 'two' is not a whole number");
  }

  @Test
  void allFilesOfAPatternOrADatasetAreRead() throws Exception {
    var many = Files.createDirectories(folder.resolve("many"));
    Files.writeString(many.resolve("a.csv"), "n,s\n1,x\n");
    Files.writeString(many.resolve("b.csv"), "s,n\ny,2\n");
    Files.writeString(many.resolve("note.txt"), "nothing");
    assertThat(csv(ingest(many.resolve("*.csv")).run())).isEqualTo("n,s\n1,x\n2,y\n");
    var dataset =
        new Attempts(new InitialIngest(), folder).reading("input", many).with("files", "*.csv");
    assertThat(csv(dataset.run())).isEqualTo("n,s\n1,x\n2,y\n");
    assertThat(csv(ingest(many.resolve("*.csv")).partition(1, 2).run())).isEqualTo("s,n\ny,2\n");
    assertThatThrownBy(() -> ingest(many.resolve("*.tsv")).run())
        .isInstanceOf(SourceFiles.NoFiles.class);
    assertThatThrownBy(() -> new Attempts(new InitialIngest(), folder).run())
        .isInstanceOf(ConfigurationFault.class)
        .hasMessageContaining("'source'");
  }
}
