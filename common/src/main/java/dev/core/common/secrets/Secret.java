package dev.core.common.secrets;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The name of a secret: {@code <environment>/<type>/<name>/<mode>}, such as {@code
 * prod/sftp/partner/read}. It holds no value, so it may be shown.
 *
 * @param environment {@code dev}, {@code uat}, {@code prod} or {@link #ANY}
 * @param type what it opens, such as {@code database} or {@code sftp}
 * @param mode what one may do with it, such as {@code read} or {@code write}
 */
public record Secret(String name, String type, String environment, String mode) {

  /** The environment of secrets that are the same everywhere. */
  public static final String ANY = "all";

  private static final Pattern PART = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");
  private static final String DEFAULT_TYPE = "general";
  private static final String DEFAULT_MODE = "read";

  public Secret {
    for (var part : List.of(environment, type, name, mode)) {
      if (!PART.matcher(part).matches()) {
        // Not shown: somebody may have put the secret itself where its name belongs.
        throw new IllegalArgumentException(
            "not the name of a secret; allowed: <environment>/<type>/<name>/<mode>, each of"
                + " letters, digits, '_', '.' and '-'");
      }
    }
  }

  /**
   * Reads a name as people write it: {@code <name>}, {@code <type>/<name>}, {@code
   * <type>/<name>/<mode>} or all four parts. Type {@code general}, mode {@code read} and the given
   * environment are what is meant by leaving them out.
   *
   * @throws IllegalArgumentException if it is no such name; the text is not shown
   */
  public static Secret parse(String text, String environment) {
    var parts = text.strip().split("/", -1);
    return switch (parts.length) {
      case 1 -> new Secret(parts[0], DEFAULT_TYPE, environment, DEFAULT_MODE);
      case 2 -> new Secret(parts[1], parts[0], environment, DEFAULT_MODE);
      case 3 -> new Secret(parts[1], parts[0], environment, parts[2]);
      case 4 -> new Secret(parts[2], parts[1], parts[0], parts[3]);
      default -> throw new IllegalArgumentException("not the name of a secret: too many parts");
    };
  }

  /** The same secret of all environments. */
  public Secret ofAnyEnvironment() {
    return new Secret(name, type, ANY, mode);
  }

  /** {@code <environment>/<type>/<name>/<mode>}. */
  public String path() {
    return environment + "/" + type + "/" + name + "/" + mode;
  }

  @Override
  public String toString() {
    return path();
  }
}
