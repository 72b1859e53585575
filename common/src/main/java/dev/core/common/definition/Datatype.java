package dev.core.common.definition;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a variable or parameter may be; written in lower case wherever people see it. */
public enum Datatype {
  STRING,
  INTEGER,
  DECIMAL,
  BOOLEAN,
  DATE,
  DATETIME,
  JSON,
  SECRET,
  DATASET;

  /** The name as it stands in the store, such as {@code datetime}. */
  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException naming what is allowed, if there is no such datatype
   */
  @JsonCreator
  public static Datatype of(String text) {
    for (Datatype datatype : values()) {
      if (datatype.text().equals(text)) {
        return datatype;
      }
    }
    throw new IllegalArgumentException(
        "unknown datatype '"
            + text
            + "'; allowed: "
            + Arrays.stream(values()).map(Datatype::text).collect(Collectors.joining(", ")));
  }
}
