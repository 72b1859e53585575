package dev.core.common.secrets;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to log in to a server of files, FTP or SFTP.
 *
 * @param method {@code sftp}, {@code ftp} or {@code ftps}
 * @param mode {@code active} or {@code passive} for FTP; null: the client's choice
 */
public record FileServerSecret(
    String user, String password, String host, int port, String method, @Nullable String mode) {

  private static final int SFTP_PORT = 22;
  private static final int FTP_PORT = 21;

  /**
   * @param usual method of a secret that names none
   */
  static FileServerSecret of(SecretFields fields, String usual) {
    String method = fields.oneOf("method", List.of("sftp", "ftp", "ftps")).orElse(usual);
    var secret =
        new FileServerSecret(
            fields.required("user"),
            fields.required("password"),
            fields.required("host"),
            fields.port(method.equals("sftp") ? SFTP_PORT : FTP_PORT),
            method,
            fields.oneOf("mode", List.of("active", "passive")).orElse(null));
    fields.check();
    return secret;
  }

  /** Everything but the password. */
  @Override
  public String toString() {
    return "%s://%s@%s:%d".formatted(method, user, host, port);
  }
}
