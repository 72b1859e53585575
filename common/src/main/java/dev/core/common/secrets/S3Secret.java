package dev.core.common.secrets;

import org.jspecify.annotations.Nullable;

/**
 * Credentials for a bucket of somebody else's account.
 *
 * @param region null: as the SDK finds it
 * @param endpoint of a store that is not AWS's; null: AWS
 */
public record S3Secret(
    String accessKeyId,
    String secretAccessKey,
    String bucket,
    @Nullable String region,
    @Nullable String endpoint) {

  static S3Secret of(SecretFields fields) {
    var secret =
        new S3Secret(
            fields.required("access_key_id"),
            fields.required("secret_access_key"),
            fields.required("bucket"),
            fields.optional("region").orElse(null),
            fields.optional("endpoint").orElse(null));
    fields.check();
    return secret;
  }

  /** The bucket only. */
  @Override
  public String toString() {
    return "s3://" + bucket;
  }
}
