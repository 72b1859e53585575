package dev.core.common.storage;

import java.nio.charset.StandardCharsets;

/**
 * The place of a dataset by contract, below a root: {@code
 * <branch>/<client>/<brand>/<state>/<dataset>/run_id=<run>/attempt=<n>/}. Different datasets have
 * different places, whatever their names are made of.
 */
public record DatasetPath(
    String branch, String client, String brand, String state, String dataset) {

  /** The folder of all runs' files, with a slash at its end. */
  public String text() {
    return String.join(
            "/", segment(branch), segment(client), segment(brand), segment(state), segment(dataset))
        + "/";
  }

  /** The folder that one attempt alone writes to, with a slash at its end. */
  public String attempt(long runId, int attempt) {
    return text() + "run_id=" + runId + "/attempt=" + attempt + "/";
  }

  /**
   * A name as one folder. Letters, digits, {@code - _ .} stay; every other byte becomes {@code
   * %xx}, as does a leading dot, so that no name hides or climbs.
   */
  public static String segment(String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a part of a dataset's place is empty");
    }
    var text = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || c == '-'
              || c == '_'
              || c == '.' && !text.isEmpty();
      text.append(plain ? String.valueOf(c) : "%%%02x".formatted((int) c));
    }
    return text.toString();
  }
}
