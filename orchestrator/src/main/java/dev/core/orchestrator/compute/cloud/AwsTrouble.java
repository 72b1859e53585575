package dev.core.orchestrator.compute.cloud;

import dev.core.orchestrator.compute.ComputeBackend.BackendUnavailable;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** What exceptions of the SDK mean, and how they are told to people. */
public final class AwsTrouble {

  /** Of the credentials, not of the request: the same request is right once they are. */
  private static final Set<String> CREDENTIALS =
      Set.of(
          "AccessDeniedException",
          "AccessDenied",
          "ExpiredTokenException",
          "ExpiredToken",
          "UnrecognizedClientException",
          "InvalidSignatureException",
          "InvalidClientTokenId",
          "SignatureDoesNotMatch",
          "MissingAuthenticationTokenException",
          "IncompleteSignature");

  private AwsTrouble() {}

  /** Whether the service certainly did nothing, and the same request may be granted later. */
  static boolean isLater(AwsServiceException e) {
    return e.isThrottlingException() || e.statusCode() == 429 || isOfCredentials(e);
  }

  /** A clock that is wrong makes the signature wrong, too. */
  static boolean isOfCredentials(AwsServiceException e) {
    var details = e.awsErrorDetails();
    return e.isClockSkewException()
        || (details != null
            && details.errorCode() != null
            && CREDENTIALS.contains(details.errorCode()));
  }

  /** Whether the service certainly did nothing, and never will with this request. */
  static boolean isRefusal(AwsServiceException e) {
    return e.statusCode() >= 400 && e.statusCode() < 500 && !isLater(e);
  }

  /** Batch could not be asked. */
  static BackendUnavailable unavailable(@Nullable Throwable cause) {
    return new BackendUnavailable(
        "AWS Batch: " + (cause instanceof SdkException e ? text(e) : String.valueOf(cause)), cause);
  }

  /** In the service's words, without request ids and class names. */
  public static String text(SdkException e) {
    if (e instanceof AwsServiceException service && service.awsErrorDetails() != null) {
      var details = service.awsErrorDetails();
      String message = details.errorMessage();
      String code = details.errorCode() == null ? "error" : details.errorCode();
      return message == null || message.isBlank()
          ? "%s (HTTP %d)".formatted(code, service.statusCode())
          : code + ": " + message;
    }
    return String.valueOf(e.getMessage());
  }
}
