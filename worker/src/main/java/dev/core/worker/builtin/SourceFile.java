package dev.core.worker.builtin;

import dev.core.common.storage.s3.S3Location;
import java.nio.file.Path;

/** A file that a transformation takes. */
sealed interface SourceFile {

  /** Its path below what was named, with slashes. */
  String name();

  /** On this machine. */
  record OnDisk(Path path, String name) implements SourceFile {}

  /** In S3. */
  record InBucket(S3Location location, String name) implements SourceFile {}
}
