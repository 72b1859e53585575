package dev.core.common.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.core.emulator.servers.EmulatedBucket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Tag("cloud")
class S3ObjectsTest {

  @RegisterExtension static final EmulatedBucket BUCKET = new EmulatedBucket();

  private static final int MIB = 1 << 20;

  @TempDir Path here;

  private Path file(int size) throws IOException {
    var bytes = new byte[size];
    new Random(7).nextBytes(bytes);
    return Files.write(here.resolve("file-" + size), bytes);
  }

  private static S3Location at(String bucket, String key) {
    return new S3Location(bucket, key);
  }

  @Test
  void aLargeFileGoesInPartsAndComesBackWhole() throws IOException {
    var file = file(11 * MIB + 17);
    try (var objects = new S3Objects(new Transfers(5 * MIB, 5 * MIB, 5 * MIB))) {
      objects.upload(file, at(EmulatedBucket.ONE, "large"));
      objects.download(at(EmulatedBucket.ONE, "large"), here.resolve("back"));
      assertThat(here.resolve("back")).hasSameBinaryContentAs(file);

      objects.copy(at(EmulatedBucket.ONE, "large"), at(EmulatedBucket.TWO, "large copy"));
      objects.download(at(EmulatedBucket.TWO, "large copy"), here.resolve("copy"));
      assertThat(here.resolve("copy")).hasSameBinaryContentAs(file);
    }
  }

  @Test
  void copyingBetweenBucketsKeepsTheSource() throws IOException {
    var file = file(1000);
    try (var objects = new S3Objects()) {
      objects.upload(file, at(EmulatedBucket.ONE, "in/ä b.csv"));
      objects.copy(at(EmulatedBucket.ONE, "in/ä b.csv"), at(EmulatedBucket.TWO, "out/ä b.csv"));

      assertThat(objects.list(at(EmulatedBucket.ONE, "in/")))
          .containsExactly(new S3Objects.Listed(at(EmulatedBucket.ONE, "in/ä b.csv"), 1000));
      assertThat(objects.list(at(EmulatedBucket.TWO, "out/"))).hasSize(1);
    }
  }

  @Test
  void aSourceThatIsReplacedWhileItIsCopiedFailsAndLeavesNoCopy() throws IOException {
    var source = at(EmulatedBucket.ONE, "replaced");
    int size = 6 * MIB;
    for (var sizes : List.of(Transfers.usual(), new Transfers(64 * MIB, 5 * MIB, 5 * MIB))) {
      var copy = at(EmulatedBucket.TWO, "copy of replaced " + sizes.largestCopy());
      try (var objects = new S3Objects(sizes)) {
        objects.upload(file(size), source);
        var seen = objects.look(source);
        objects.upload(Files.write(here.resolve("other"), new byte[size]), source);

        assertThatThrownBy(() -> objects.copy(source, copy, seen))
            .isInstanceOf(S3Failure.class)
            .hasMessage("copying %s to %s: the source changed while it was copied", source, copy);
        assertThat(objects.list(copy)).isEmpty();

        objects.copy(source, copy, objects.look(source));
        assertThat(objects.list(copy)).hasSize(1);
      }
    }
  }

  @Test
  void aMissingBucketIsToldInS3sWords() throws IOException {
    var file = file(10);
    try (var objects = new S3Objects()) {
      assertThatThrownBy(() -> objects.upload(file, at("no-such-bucket", "x")))
          .isInstanceOf(S3Failure.class)
          .hasMessageContaining("writing s3://no-such-bucket/x")
          .hasMessageContaining("NoSuchBucket");
    }
  }

  @Test
  void partsAreLargeEnoughForTheirNumberToBeAllowed() {
    var sizes = Transfers.usual();
    long size = 5L << 40;

    assertThat((size + sizes.partOf(size) - 1) / sizes.partOf(size)).isLessThanOrEqualTo(10_000);
    assertThat(sizes.partOf(1)).isEqualTo(16L * MIB);
  }
}
