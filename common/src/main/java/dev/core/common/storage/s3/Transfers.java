package dev.core.common.storage.s3;

/**
 * How large what is moved at once may be, in bytes.
 *
 * @param largestPut by one PutObject; larger files go in parts
 * @param largestCopy by one CopyObject, which S3 limits to 5 GiB
 * @param part at least, but the last; S3 wants 5 MiB
 */
record Transfers(long largestPut, long largestCopy, long part) {

  /** Of S3. */
  private static final int PARTS_AT_MOST = 10_000;

  private static final long MIB = 1L << 20;

  static Transfers usual() {
    return new Transfers(64 * MIB, 5 * 1024 * MIB, 16 * MIB);
  }

  /** So large that there are not too many of them. */
  long partOf(long size) {
    return Math.max(part, (size + PARTS_AT_MOST - 1) / PARTS_AT_MOST);
  }
}
