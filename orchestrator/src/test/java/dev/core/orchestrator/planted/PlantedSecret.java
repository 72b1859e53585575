package dev.core.orchestrator.planted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Values of secrets, and the search for them. */
final class PlantedSecret {

  static final String TOKEN = "tok-5up3r-pl4nted-t0ken";
  static final String PASSWORD = "pw-5up3r-pl4nted-p4ss";

  /** Of the configuration database; the server of the tests takes any. */
  static final String DATABASE_PASSWORD = "pw-5up3r-pl4nted-datab4se";

  /** Of a JSON object, as Secrets Manager and files have it. */
  static final String LOGIN =
      "{\"user\":\"ada\",\"host\":\"sftp.example\",\"password\":\"" + PASSWORD + "\"}";

  private PlantedSecret() {}

  static void isNotIn(String where, String text) {
    for (String value : List.of(TOKEN, PASSWORD, DATABASE_PASSWORD)) {
      assertThat(text.contains(value)).as("%s has a planted value:%n%s", where, text).isFalse();
    }
  }

  /** Every column of every row of every table. */
  static void isNotIn(Connection database) throws SQLException {
    var tables = new ArrayList<String>();
    try (var statement = database.createStatement();
        var rows =
            statement.executeQuery(
                """
                select table_schema, table_name from information_schema.tables
                where lower(table_schema) in ('configuration', 'execution', 'auditing', 'public')
                  and table_type like '%TABLE'
                """)) {
      while (rows.next()) {
        tables.add("\"%s\".\"%s\"".formatted(rows.getString(1), rows.getString(2)));
      }
    }
    assertThat(tables).hasSizeGreaterThan(20);
    for (String table : tables) {
      try (var statement = database.createStatement();
          var rows = statement.executeQuery("select * from " + table)) {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
          for (int column = 1; column <= columns; column++) {
            isNotIn(
                table + "." + rows.getMetaData().getColumnName(column),
                String.valueOf(rows.getString(column)));
          }
        }
      }
    }
  }

  /** Every file below a folder, whatever it holds. */
  static void isNotInFiles(Path folder, Path except) throws IOException {
    try (var all = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        if (!file.equals(except)) {
          // Every byte is a character of Latin 1.
          String text = Files.readString(file, StandardCharsets.ISO_8859_1);
          isNotIn(file.toString(), text);
        }
      }
    }
  }
}
