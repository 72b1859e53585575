package dev.core.common.configuration.yaml;

/**
 * A column of a {@link Row}; its value is text or null.
 *
 * @param selected SQL that reads it
 * @param target the table's column that it is written to; empty: it is only read
 * @param written SQL of the value to write, with the row's columns as parameters
 */
record Column(String name, Type type, String selected, String target, String written) {

  /** How a text of it stands in the store. */
  enum Type {
    TEXT("%s"),
    ID("cast(%s as bigint)"),
    INTEGER("cast(%s as integer)"),
    DECIMAL("cast(%s as numeric(12, 4))"),
    BOOLEAN("cast(%s as boolean)"),
    TIMESTAMP("cast(%s as timestamp with time zone)"),
    STRUCTURES("cast(%s as configuration.json_document)");

    private final String cast;

    Type(String cast) {
      this.cast = cast;
    }

    private String of(String parameter) {
      return cast.formatted(parameter);
    }
  }

  static Column value(String name) {
    return value(name, Type.TEXT);
  }

  static Column value(String name, Type type) {
    return value(name, name, type);
  }

  static Column value(String name, String target, Type type) {
    return new Column(name, type, "t." + target, target, type.of(":" + name));
  }

  /** The name of what a foreign key points at. */
  static Column reference(String name, String selected, String target, String query) {
    return new Column(name, Type.TEXT, selected, target, "(" + query + ")");
  }

  /** Part of the name of what another column points at. */
  static Column key(String name, String selected) {
    return new Column(name, Type.TEXT, selected, "", "");
  }

  boolean isWritten() {
    return !target.isEmpty();
  }
}
