package dev.core.migrations;

import java.util.regex.Pattern;

/**
 * Writes the expressions that Postgres gives back as a person would have, so that H2 reads them
 * too.
 */
final class PortableSql {
  private static final Pattern ANY_OF =
      Pattern.compile("= ANY \\(+ARRAY\\[([^\\]]*)\\]\\)?(::[a-z ]+\\[\\])?\\)");
  private static final Pattern TEXT_CAST =
      Pattern.compile("::(text|character varying|bpchar)(\\(\\d+\\))?(?!\\[)");
  private static final Pattern NUMBER_CAST =
      Pattern.compile("'(-?\\d+(?:\\.\\d+)?)'::(integer|bigint|numeric|smallint)");
  private static final Pattern PLAIN_NUMBER_CAST =
      Pattern.compile("(?<=[\\d)])::(integer|bigint|numeric|smallint)\\b");
  private static final Pattern LONE_NAME =
      Pattern.compile("(?<![a-z0-9_])\\(([a-z_][a-z0-9_]*)\\)");

  private PortableSql() {}

  /** A check, or a default. */
  static String expression(String expression) {
    var tidy = NUMBER_CAST.matcher(expression).replaceAll("$1");
    tidy = PLAIN_NUMBER_CAST.matcher(tidy).replaceAll("");
    tidy = TEXT_CAST.matcher(tidy).replaceAll("");
    tidy = ANY_OF.matcher(tidy).replaceAll("in ($1)");
    // A name in brackets is what a removed cast leaves; a list of columns is not an expression.
    return LONE_NAME.matcher(tidy).replaceAll("$1");
  }

  /** What follows the name of a constraint. */
  static String constraint(String definition) {
    if (definition.regionMatches(true, 0, "check", 0, 5)) {
      return "check" + expression(definition.substring(5));
    }
    return definition
        .replace("PRIMARY KEY", "primary key")
        .replace("UNIQUE", "unique")
        .replace("FOREIGN KEY", "foreign key")
        .replace(" REFERENCES ", " references ")
        .replace(" ON DELETE CASCADE", " on delete cascade")
        .replace(" ON DELETE SET NULL", " on delete set null");
  }

  /** A statement that makes an index, to be run where it may be there already. */
  static String index(String definition) {
    return definition
        .replaceFirst("(?i)^create unique index ", "create unique index if not exists ")
        .replaceFirst("(?i)^create index ", "create index if not exists ")
        .replace(" ON ", " on ")
        .replace(" USING btree", "");
  }
}
