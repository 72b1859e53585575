package dev.core.emulator.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.core.emulator.wire.AwsError;

/** Members of values of secrets. */
final class Json {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static String member(String value, String key) {
    try {
      var member = MAPPER.readTree(value).path(key);
      if (member.isMissingNode()) {
        throw AwsError.client("did not contain json key " + key);
      }
      return member.asText();
    } catch (JsonProcessingException _) {
      throw AwsError.client("the secret's value is not JSON");
    }
  }
}
