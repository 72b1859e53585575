package dev.core.orchestrator.compute;

import dev.core.common.storage.s3.S3Location;
import dev.core.common.storage.s3.S3Objects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether datasets can be where the settings say. */
public final class DatasetsCheck {

  private DatasetsCheck() {}

  /**
   * @param root a folder or {@code s3://bucket…}
   * @param containers whether workers are in containers, which share no folder
   */
  public static Finding finding(String root, boolean containers) {
    if (S3Location.isOne(root)) {
      return bucket(S3Location.parse(root));
    }
    return containers
        ? Finding.bad(
            "bucket",
            "CORE_DATASETS_ROOT is '%s', a folder: containers do not share it".formatted(root),
            "set CORE_DATASETS_ROOT=s3://bucket/prefix")
        : folder(Path.of(root));
  }

  private static Finding bucket(S3Location location) {
    try (var objects = new S3Objects()) {
      objects.check(location.bucket());
      return Finding.good("bucket", location.toString());
    } catch (IOException e) {
      return Finding.bad(
          "bucket",
          String.valueOf(e.getMessage()),
          "create the bucket, grant s3:ListBucket and s3:GetObject, or correct CORE_DATASETS_ROOT");
    }
  }

  /** One that is not there yet is made by the first worker that needs it. */
  private static Finding folder(Path root) {
    Path existing = root.toAbsolutePath();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
      return Finding.bad(
          "datasets",
          "%s cannot be written to: %s"
              .formatted(
                  root,
                  Files.isDirectory(existing) ? existing + " may not" : existing + " is no folder"),
          "let this user write there, or set CORE_DATASETS_ROOT to another folder");
    }
    return Finding.good(
        "datasets",
        existing.equals(root.toAbsolutePath()) ? root.toString() : root + ", to be made");
  }
}
