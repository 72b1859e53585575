package dev.core.common.storage.s3;

import java.io.IOException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** S3 could not be read or written, with what was tried and what S3 said. */
public final class S3Failure extends IOException {
  private static final long serialVersionUID = 1L;

  private static final int PRECONDITION_FAILED = 412;

  private S3Failure(String message, SdkException cause) {
    super(message, cause);
  }

  static S3Failure of(String what, SdkException e) {
    if (e instanceof AwsServiceException service && service.awsErrorDetails() != null) {
      var details = service.awsErrorDetails();
      // Only copies state a condition: the version of the source.
      if (service.statusCode() == PRECONDITION_FAILED) {
        return new S3Failure(what + ": the source changed while it was copied", e);
      }
      return new S3Failure(
          "%s: %s: %s".formatted(what, details.errorCode(), details.errorMessage()), e);
    }
    return new S3Failure(what + ": " + e.getMessage(), e);
  }
}
