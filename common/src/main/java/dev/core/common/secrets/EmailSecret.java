package dev.core.common.secrets;

import org.jspecify.annotations.Nullable;

/**
 * How to send mail.
 *
 * @param from whose address is shown; null: the user's
 */
public record EmailSecret(
    String user, String password, String host, int port, @Nullable String from) {

  /** Submission with STARTTLS. */
  private static final int SUBMISSION_PORT = 587;

  static EmailSecret of(SecretFields fields) {
    var secret =
        new EmailSecret(
            fields.required("user"),
            fields.required("password"),
            fields.required("host"),
            fields.port(SUBMISSION_PORT),
            fields.optional("from").orElse(null));
    fields.check();
    return secret;
  }

  /** Everything but the password. */
  @Override
  public String toString() {
    return "%s at %s:%d".formatted(user, host, port);
  }
}
