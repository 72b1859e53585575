package dev.core.common.database;

import dev.core.migrations.Migrator;
import dev.core.migrations.Vendor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Whether a database has the schema of this program. The usual answer, yes, costs one query:
 * starting the migration tool costs more than a short command does.
 */
final class Schema {
  private static final String ON_CLASS_PATH = "classpath:";

  private Schema() {}

  /** Migrates a database that is behind. */
  static void bringToHead(DataSource database, Dialect dialect) {
    if (!isAtHead(database, dialect)) {
      var _ = Migrator.of(database).migrate();
    }
  }

  /**
   * Changes nothing.
   *
   * @throws SchemaMismatch if it is behind or ahead
   */
  static void require(DataSource database, Dialect dialect) {
    if (!isAtHead(database, dialect)) {
      var status = Migrator.of(database).status();
      if (!status.isCurrent()) {
        throw new SchemaMismatch(status.explanation());
      }
    }
  }

  private static boolean isAtHead(DataSource database, Dialect dialect) {
    try (var connection = database.getConnection()) {
      return applied(connection).equals(known(dialect));
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read which migrations were applied", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the migrations of this program", e);
    }
  }

  /** Versions in the history; none, if there is no history. */
  private static Set<String> applied(Connection connection) throws SQLException {
    var versions = new TreeSet<String>();
    try (var tables =
        connection.getMetaData().getTables(null, "public", Migrator.HISTORY_TABLE, null)) {
      if (!tables.next()) {
        return versions;
      }
    }
    var sql =
        """
        select version from public.%s where success and version is not null
        """
            .formatted(Migrator.HISTORY_TABLE);
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        versions.add(rows.getString(1));
      }
    }
    return versions;
  }

  private static Set<String> known(Dialect dialect) throws IOException {
    var vendor =
        switch (dialect) {
          case H2 -> Vendor.H2;
          case POSTGRES -> Vendor.POSTGRESQL;
        };
    var versions = new TreeSet<String>();
    for (var location : vendor.locations()) {
      versions.addAll(versionsIn(location.substring(ON_CLASS_PATH.length()) + "/"));
    }
    return versions;
  }

  private static Set<String> versionsIn(String folder) throws IOException {
    URL url = Migrator.class.getClassLoader().getResource(folder);
    if (url == null) {
      throw new IOException(folder + " is not on the class path");
    }
    if (url.openConnection() instanceof JarURLConnection jar) {
      try (var names = jar.getJarFile().stream().map(entry -> entry.getName())) {
        return versions(
            names
                .filter(name -> name.startsWith(folder))
                .map(name -> name.substring(folder.length())));
      }
    }
    try (var files = Files.list(Path.of(uri(url)))) {
      return versions(files.map(file -> String.valueOf(file.getFileName())));
    }
  }

  private static Set<String> versions(Stream<String> fileNames) {
    return fileNames
        .filter(name -> name.startsWith("V") && name.contains("__"))
        .map(name -> name.substring(1, name.indexOf("__")))
        .collect(Collectors.toSet());
  }

  private static URI uri(URL url) throws IOException {
    try {
      return url.toURI();
    } catch (URISyntaxException e) {
      throw new IOException("not a folder: " + url, e);
    }
  }
}
