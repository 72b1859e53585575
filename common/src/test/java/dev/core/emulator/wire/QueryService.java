package dev.core.emulator.wire;

/** A service of the Query protocol: a form in, XML out. */
public interface QueryService {

  /**
   * @param form {@code Action=…&Version=…}, URL-encoded
   * @throws AwsError as the service would answer
   */
  String call(String form);
}
