package dev.core.worker.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.core.common.protocol.Outcome.WrittenFile;
import dev.core.common.storage.s3.S3Location;
import dev.core.common.storage.s3.S3Objects;
import dev.core.emulator.servers.EmulatedBucket;
import dev.core.worker.attempt.Attempts;
import dev.core.worker.transformation.ConfigurationFault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Files that come from buckets, go to buckets, or both. */
@ExtendWith(EmulatedBucket.class)
class BucketFilesTest {

  private static final UUID ID = new UUID(1, 2);
  private static final String ONE = "s3://" + EmulatedBucket.ONE;
  private static final String TWO = "s3://" + EmulatedBucket.TWO;

  @TempDir Path folder;
  private final S3Objects objects = new S3Objects();
  private String source;
  private String target;

  @BeforeEach
  void fill() throws Exception {
    String place = UUID.randomUUID().toString();
    source = ONE + "/" + place + "/in";
    target = TWO + "/" + place + "/out";
    put("report.csv", "n\n1\n");
    put("README", "read me");
    put("a.b/v1.2.csv", "n\n2\n");
  }

  @AfterEach
  void close() {
    objects.close();
  }

  private void put(String name, String text) throws Exception {
    var file = Files.writeString(folder.resolve("put"), text);
    objects.upload(file, S3Location.parse(source + "/" + name));
  }

  private Attempts copy(String from) {
    return new Attempts(new CopyFiles(() -> ID), folder).with("source", from);
  }

  private List<String> names(String prefix) throws Exception {
    return objects.list(S3Location.parse(prefix + "/")).stream()
        .map(each -> each.location().toString().substring(prefix.length() + 1))
        .toList();
  }

  private String text(String place) throws Exception {
    var file = folder.resolve(UUID.randomUUID().toString());
    objects.download(S3Location.parse(place), file);
    return Files.readString(file);
  }

  @Test
  void fromBucketToBucketNamesAreUniqueAndTheSourceStays() throws Exception {
    var outcome = copy(source).with("target", target).run();

    assertThat(names(target))
        .containsExactly("README_" + ID, "a.b/v1.2_" + ID + ".csv", "report_" + ID + ".csv");
    assertThat(text(target + "/report_" + ID + ".csv")).isEqualTo("n\n1\n");
    assertThat(names(source)).containsExactly("README", "a.b/v1.2.csv", "report.csv");
    assertThat(outcome.result().get("files").asInt()).isEqualTo(3);
    assertThat(outcome.result().get("bytes").asLong()).isEqualTo(15);
    assertThat(outcome.result().get("paths").get(0).asText()).isEqualTo(target + "/README_" + ID);
  }

  @Test
  void anObjectAndAPatternNameFilesAsAFolderDoes() throws Exception {
    copy(source + "/report.csv").with("target", target).with("unique_names", "false").run();
    assertThat(names(target)).containsExactly("report.csv");

    copy(source + "/a.?/*.csv").with("target", target).with("unique_names", "false").run();
    assertThat(names(target)).containsExactly("a.b/v1.2.csv", "report.csv");

    copy(source).with("files", "READ*").with("target", target).with("unique_names", "false").run();
    assertThat(names(target)).hasSize(3);
  }

  @Test
  void fromBucketToFolderAndBackNothingChanges() throws Exception {
    var here = folder.resolve("here");
    copy(source).with("target", here.toString()).with("unique_names", "false").run();
    assertThat(here.resolve("a.b/v1.2.csv")).hasContent("n\n2\n");
    try (var all = Files.list(here)) {
      assertThat(all).as("no draft is left").hasSize(3);
    }

    copy(here.toString()).with("target", target).with("unique_names", "false").run();
    assertThat(names(target)).isEqualTo(names(source));
    assertThat(text(target + "/README")).isEqualTo("read me");
  }

  @Test
  void intoADatasetOnDiskOrInABucketWithTheNamesAsTheyAre() throws Exception {
    var onDisk = copy(source).run().datasets().getFirst();
    assertThat(onDisk.files())
        .containsExactly(
            new WrittenFile("README", 7, null),
            new WrittenFile("a.b/v1.2.csv", 4, null),
            new WrittenFile("report.csv", 4, null));

    var inBucket = copy(source).rootedAt(target).run().datasets().getFirst();
    assertThat(inBucket.files()).isEqualTo(onDisk.files());
    assertThat(names(target + "/" + inBucket.path().replaceAll("/$", ""))).isEqualTo(names(source));
  }

  @Test
  void aDatasetIsPublishedIntoABucketUnderAStableName() throws Exception {
    var csv = Files.writeString(folder.resolve("delays.csv"), "iata,n\nATL,2\n");
    for (int times = 0; times < 2; times++) {
      var outcome =
          new Attempts(new PublishFiles(() -> ID), folder)
              .reading("input", csv)
              .with("target", target)
              .with("name", "delays")
              .run();
      assertThat(outcome.result().get("paths").get(0).asText()).isEqualTo(target + "/delays.csv");
      assertThat(outcome.result().get("rows").asInt()).isEqualTo(1);
    }
    assertThat(names(target)).containsExactly("delays.csv");
    assertThat(text(target + "/delays.csv")).isEqualTo("iata,n\nATL,2\n");
  }

  @Test
  void whatIsNotThereOrIsNoPlaceIsNamed() {
    assertThatThrownBy(() -> copy(source + "/nothing").with("target", target).run())
        .isInstanceOf(SourceFiles.NoFiles.class)
        .hasMessageContaining(source + "/nothing");
    assertThatThrownBy(() -> copy(source).with("target", "s3://No Bucket/x").run())
        .isInstanceOf(ConfigurationFault.class)
        .hasMessageContaining("'No Bucket' is no bucket");
    assertThatThrownBy(() -> copy("s3://no-such-bucket-here/x").with("target", target).run())
        .hasMessageContaining("NoSuchBucket");
  }

  @Test
  void hostileKeysAreRefusedAllAtOnceAndNothingIsCopied() throws Exception {
    put("back\\slash", "x");
    put("line\nbreak", "x");

    assertThatThrownBy(() -> copy(source).with("target", target).run())
        .isInstanceOf(SourceFiles.HostileFiles.class)
        .hasMessageContaining("'back?slash'")
        .hasMessageContaining("'line?break'");
    assertThat(names(target)).isEmpty();
  }
}
