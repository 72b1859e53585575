package dev.core.worker.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.core.common.protocol.Outcome.WrittenFile;
import dev.core.worker.attempt.Attempts;
import dev.core.worker.transformation.ConfigurationFault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesTest {

  private static final UUID ID = new UUID(1, 2);

  @TempDir Path folder;
  private Path source;

  @BeforeEach
  void writeFiles() throws Exception {
    source = Files.createDirectories(folder.resolve("source/sub"));
    Files.writeString(source.resolve("b.csv"), "n\n1\n");
    source = source.getParent();
    Files.writeString(source.resolve("a.txt"), "hello");
  }

  private Attempts copy(Path path) {
    return new Attempts(new CopyFiles(() -> ID), folder).with("source", path.toString());
  }

  private Attempts publish(Path path) {
    return new Attempts(new PublishFiles(() -> ID), folder).reading("input", path);
  }

  @Test
  void folderIsCopiedWithAllBelowAndKept() throws Exception {
    var attempt = copy(source);
    var written = attempt.run().datasets().getFirst();
    assertThat(written.format()).isEqualTo("files");
    assertThat(written.rows()).isNull();
    assertThat(written.files())
        .containsExactly(new WrittenFile("a.txt", 5, null), new WrittenFile("sub/b.csv", 4, null));
    assertThat(attempt.outputs().resolve("output/sub/b.csv")).hasContent("n\n1\n");
    assertThat(source.resolve("a.txt")).hasContent("hello");
    assertThat(attempt.progress).last().isEqualTo("copied 2 of 2 files");
  }

  @Test
  void relativePathsStartAtTheWorkersDirectory() throws Exception {
    assertThat(copy(Path.of("source/a.txt")).run().datasets().getFirst().files())
        .extracting(WrittenFile::path)
        .containsExactly("a.txt");
    var odd = Files.createDirectories(folder.resolve("od[d]*"));
    Files.writeString(odd.resolve("x.csv"), "x");
    assertThat(copy(odd).run().datasets().getFirst().files()).hasSize(1);
    assertThat(copy(Path.of("source/**.csv")).run().datasets().getFirst().files())
        .extracting(WrittenFile::path)
        .containsExactly("sub/b.csv");
  }

  @Test
  void namesCanBeMadeUnique() throws Exception {
    assertThat(copy(source).with("unique_names", "true").run().datasets().getFirst().files())
        .extracting(WrittenFile::path)
        .containsExactly("a_" + ID + ".txt", "sub/b_" + ID + ".csv");
    assertThat(
            List.of(
                    "report",
                    "a.b/c",
                    "v1.2.csv",
                    "x.tar.gz",
                    ".profile",
                    ".tar.gz",
                    "d/.x.y",
                    "a.")
                .stream()
                .map(name -> UniqueName.of(name, ID).replace(ID.toString(), "#")))
        .containsExactly(
            "report_#",
            "a.b/c_#",
            "v1.2_#.csv",
            "x_#.tar.gz",
            ".profile_#",
            ".tar_#.gz",
            "d/.x_#.y",
            "a_#.");
  }

  @Test
  void hostileFilesAreRefusedAllAtOnce() throws Exception {
    Files.writeString(source.resolve("line\nbreak.csv"), "x");
    Files.writeString(source.resolve("back\\slash"), "x");
    Files.writeString(source.resolve("\u001b[31mred"), "x");
    assertThatThrownBy(() -> copy(source).run())
        .isInstanceOf(SourceFiles.HostileFiles.class)
        .hasMessageContaining("'line?break.csv'")
        .hasMessageContaining("'back?slash'")
        .hasMessageContaining("'?[31mred'");
  }

  @Test
  void linksThatLeadOutAreRefused() throws Exception {
    Files.createSymbolicLink(source.resolve("passwd"), Path.of("/etc/passwd"));
    Files.createSymbolicLink(source.resolve("etc"), Path.of("/etc"));
    assertThatThrownBy(() -> copy(source).run())
        .isInstanceOf(SourceFiles.HostileFiles.class)
        .hasMessageContaining("'etc' is no file of")
        .hasMessageContaining("'passwd' is no file of");
    Files.delete(source.resolve("etc"));
    Files.delete(source.resolve("passwd"));
    Files.createSymbolicLink(source.resolve("inside"), source.resolve("a.txt"));
    assertThat(copy(source).run().datasets().getFirst().files()).hasSize(3);
  }

  @Test
  void missingSourceIsNamed() {
    assertThatThrownBy(() -> copy(folder.resolve("nowhere")).run())
        .isInstanceOf(SourceFiles.NoFiles.class)
        .hasMessageContaining("nowhere");
    assertThatThrownBy(() -> copy(folder.resolve("source/*.pdf")).run())
        .hasMessageContaining("no file in");
    assertThatThrownBy(() -> copy(folder.resolve("[x")).run()).isInstanceOf(Exception.class);
  }

  @Test
  void datasetIsPublishedUnderAStableNameInOneStep() throws Exception {
    var csv = Files.writeString(folder.resolve("delays.csv"), "iata,n\nATL,2\n\"O,K\",1\n");
    var target = folder.resolve("public/here");
    var outcome = publish(csv).with("target", "public/here").with("name", "delays").run();
    var file = target.resolve("delays.csv");
    assertThat(file).hasContent("iata,n\nATL,2\n\"O,K\",1\n");
    assertThat(outcome.result().get("rows").asInt()).isEqualTo(2);
    assertThat(outcome.result().get("paths").get(0).asText())
        .isEqualTo(file.toRealPath().toString());
    Files.writeString(csv, "iata,n\nBOS,7\n");
    publish(csv).with("target", target.toString()).with("name", "delays.csv").run();
    assertThat(file).hasContent("iata,n\nBOS,7\n");
    publish(csv).with("target", target.toString()).with("format", "json").run();
    assertThat(target.resolve("input.json")).hasContent("[\n\t{\"iata\":\"BOS\",\"n\":7}\n]\n");
    assertThat(target).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void filesArePublishedAsTheyAre() throws Exception {
    var outcome = publish(source).with("target", "public").run();
    assertThat(folder.resolve("public/sub/b.csv")).hasContent("n\n1\n");
    assertThat(outcome.result().get("bytes").asInt()).isEqualTo(9);
  }

  @Test
  void failureLeavesTheOldFileAndNoDraft() throws Exception {
    var csv = Files.writeString(folder.resolve("in.csv"), "n\n1\n");
    publish(csv).with("target", "public").run();
    var broken = Files.writeString(folder.resolve("in.parquet"), "no parquet at all");
    assertThatThrownBy(() -> publish(broken).with("target", "public").run())
        .hasMessageContaining("in.parquet");
    assertThat(folder.resolve("public")).isDirectoryContaining("glob:**/input.csv");
    assertThat(folder.resolve("public/input.csv")).hasContent("n\n1\n");
    try (var entries = Files.list(folder.resolve("public"))) {
      assertThat(entries).hasSize(1);
    }
  }

  @Test
  void namesWithFoldersAndTargetsThatAreFilesAreRefused() throws Exception {
    var csv = Files.writeString(folder.resolve("in.csv"), "n\n1\n");
    for (var name : List.of("../up", "/etc/x", ".hidden", "a\nb")) {
      assertThatThrownBy(() -> publish(csv).with("target", "public").with("name", name).run())
          .isInstanceOf(ConfigurationFault.class);
    }
    assertThatThrownBy(() -> publish(csv).with("target", csv.toString()).run())
        .isInstanceOf(ConfigurationFault.class)
        .hasMessageContaining("must be a folder");
  }
}
