package dev.core.common.secrets;

import java.util.function.Function;

/**
 * What a secret is made of: how its JSON is read.
 *
 * @param <T> what it gives
 */
public final class SecretShape<T> {

  public static final SecretShape<DatabaseSecret> DATABASE = new SecretShape<>(DatabaseSecret::of);

  public static final SecretShape<FileServerSecret> SFTP =
      new SecretShape<>(fields -> FileServerSecret.of(fields, "sftp"));

  public static final SecretShape<FileServerSecret> FTP =
      new SecretShape<>(fields -> FileServerSecret.of(fields, "ftp"));

  public static final SecretShape<S3Secret> S3 = new SecretShape<>(S3Secret::of);

  public static final SecretShape<EmailSecret> EMAIL = new SecretShape<>(EmailSecret::of);

  private final Function<SecretFields, T> reader;

  private SecretShape(Function<SecretFields, T> reader) {
    this.reader = reader;
  }

  /**
   * Reads a value.
   *
   * @param name as it may be shown
   * @throws SecretMalformed with every key that is missing, and no value
   */
  public T read(String name, String value) {
    return reader.apply(new SecretFields(name, value));
  }
}
