package dev.core.migrations;

import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * One thing of a schema. Two databases have the same thing if they have an item of the same {@link
 * #key}, and agree about it if its {@link #definition} is the same too.
 */
public sealed interface SchemaItem {

  String schema();

  /** Its own name, within its schema or its table. */
  String name();

  /** The table that it is part of; null if it stands alone. */
  default @Nullable String table() {
    return null;
  }

  /** What a person would say it is, made of. */
  String definition();

  /** What kind of thing: table, column … */
  default String kind() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** Kind and full name. */
  default String key() {
    var name = new StringJoiner(".", kind() + " ", "").add(schema());
    var table = table();
    if (table != null) {
      name.add(table);
    }
    return name.add(name()).toString();
  }

  /** A domain or an enumeration; the definition is the statement that makes it. */
  record Type(String schema, String name, String definition) implements SchemaItem {}

  /** A sequence that is not the hidden one of an identity column. */
  record Sequence(String schema, String name, String definition) implements SchemaItem {}

  /** A table by itself; its columns and the rest are items of their own. */
  record Table(String schema, String name) implements SchemaItem {
    @Override
    public String definition() {
      return "";
    }
  }

  /**
   * A column.
   *
   * @param standard the default's expression
   * @param generated {@code generated …}, of identity and computed columns
   */
  record Column(
      String schema,
      String table,
      String name,
      String type,
      boolean isNullable,
      @Nullable String standard,
      @Nullable String generated)
      implements SchemaItem {
    @Override
    public String definition() {
      return type
          + (generated == null ? "" : " " + generated)
          + (standard == null ? "" : " default " + standard)
          + (isNullable ? "" : " not null");
    }
  }

  /**
   * A constraint of a table; the definition is what follows its name.
   *
   * @param isNamed whether somebody gave it the name, or the database made one up
   */
  record Constraint(String schema, String table, String name, String definition, boolean isNamed)
      implements SchemaItem {
    /** Foreign keys come after, and go before, what they point at. */
    boolean isForeignKey() {
      return definition.regionMatches(true, 0, "foreign key", 0, "foreign key".length());
    }
  }

  /** An index that no constraint made; the definition is the statement that makes it. */
  record Index(String schema, String table, String name, String definition) implements SchemaItem {}

  /** A view; the definition is its query. */
  record View(String schema, String name, boolean isMaterialized, String definition)
      implements SchemaItem {}

  /**
   * A function or procedure; the definition is the statement that makes or replaces it.
   *
   * @param name with the types of its parameters
   */
  record Routine(String schema, String name, String definition) implements SchemaItem {}

  /** A trigger of a table; the definition is the statement that makes it. */
  record Trigger(String schema, String table, String name, String definition)
      implements SchemaItem {}
}
