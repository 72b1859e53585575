package dev.core.emulator.wire;

/** An error as AWS answers it. */
public final class AwsError extends RuntimeException {

  private final int status;
  private final String code;

  public AwsError(int status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  /** 400 ClientException, what Batch says to every bad request. */
  public static AwsError client(String message) {
    return new AwsError(400, "ClientException", message);
  }

  public static AwsError tooManyRequests() {
    return new AwsError(429, "TooManyRequestsException", "Too Many Requests");
  }

  public static AwsError server() {
    return new AwsError(500, "ServerException", "An internal error has occurred.");
  }

  public static AwsError denied(String action) {
    return new AwsError(
        403,
        "AccessDeniedException",
        "User: arn:aws:iam::123456789012:user/core is not authorized to perform: " + action);
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }
}
