package dev.core.common.storage.s3;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A bucket, and a key or the beginning of keys in it.
 *
 * @param key without a slash at its start; may be empty
 */
public record S3Location(String bucket, String key) {

  private static final String SCHEME = "s3://";
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final int LONGEST_KEY = 1024;

  public S3Location {
    if (!BUCKET.matcher(bucket).matches()) {
      throw new IllegalArgumentException(
          "'"
              + bucket
              + "' is no bucket; allowed: 3 to 63 of lower-case letters, digits, '.' and '-'");
    }
    if (key.getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY) {
      throw new IllegalArgumentException(
          "a key in bucket '%s' is longer than %d bytes: '%s…'"
              .formatted(bucket, LONGEST_KEY, key.substring(0, 100)));
    }
  }

  /** Whether a text is meant to be one. */
  public static boolean isOne(String text) {
    return text.startsWith(SCHEME);
  }

  /**
   * Reads {@code s3://bucket} or {@code s3://bucket/key}.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static S3Location parse(String text) {
    if (!isOne(text)) {
      throw new IllegalArgumentException("'" + text + "' is not s3://bucket/key");
    }
    String rest = text.substring(SCHEME.length());
    int slash = rest.indexOf('/');
    return slash < 0
        ? new S3Location(rest, "")
        : new S3Location(rest.substring(0, slash), rest.substring(slash + 1));
  }

  /**
   * What is below it, as below a folder.
   *
   * @throws IllegalArgumentException if the path climbs, or a key would be too long
   */
  public S3Location below(String path) {
    for (String part : path.split("/", -1)) {
      if (part.equals("..") || part.equals(".")) {
        throw new IllegalArgumentException("'" + path + "' leads out of " + this);
      }
    }
    String base = key.isEmpty() || key.endsWith("/") ? key : key + "/";
    return new S3Location(bucket, base + path);
  }

  @Override
  public String toString() {
    return SCHEME + bucket + (key.isEmpty() ? "" : "/" + key);
  }
}
