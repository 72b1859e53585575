package dev.core.worker.transformation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A dataset that an attempt writes: a folder of its own, and the word that it is complete. Nobody
 * sees the files before the attempt has succeeded, and never those of an attempt that failed.
 */
public interface OutputDataset {

  /** The variable that asked for it. */
  String variable();

  /** Its name within client, brand and state. */
  String dataset();

  /** Exists, is empty at first, and belongs to this partition of this attempt alone. */
  Path folder();

  /**
   * Takes an object of S3 into the dataset. Where the dataset is in S3 as well, the bytes do not
   * pass through this machine, and the folder does not show the file.
   *
   * @param source {@code s3://bucket/key}
   * @param name of the file below the folder, with slashes
   * @return its bytes
   */
  long take(String source, String name) throws IOException;

  /** Says that all files below the folder are the dataset, with rows that nobody counted. */
  default void written(String format) throws IOException {
    written(format, Map.of());
  }

  /**
   * Says that all files below the folder are the dataset. Without it the dataset is not written at
   * all. The files are on the disk when it returns.
   *
   * @param format {@code parquet}, {@code csv}, {@code json} or {@code files}
   * @param rows of each file, where they are known
   */
  void written(String format, Map<Path, Long> rows) throws IOException;
}
