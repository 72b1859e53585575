package dev.core.common.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.core.common.secrets.SecretMissing;
import dev.core.common.settings.Settings;
import dev.core.migrations.Migrator;
import dev.core.migrations.testing.TestDatabase;
import dev.core.migrations.testing.TestDatabases;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoleLoginsTest {

  private static final String OWNER = "owner_of_logins";
  private static final List<String> MADE = List.of("logins_write", "logins'worker");

  @TempDir Path directory;
  private TestDatabase database;

  /** Whoever migrates in an account owns the database, may create roles, and is no superuser. */
  @BeforeEach
  void migrateAsAnOwner() throws SQLException {
    database = TestDatabases.postgres();
    database.execute(
        "create role %s login createrole password 'o'".formatted(OWNER),
        "grant create on database %s to %s".formatted(name(), OWNER));
    // Roles are the cluster's, and other tests have made them.
    Migrator.of(database.dataSource()).migrate();
    database.execute("grant orchestrator, corebot to %s with admin option".formatted(OWNER));
  }

  private String name() {
    return database.url().replaceFirst(".*/([^?]*).*", "$1");
  }

  @AfterEach
  void dropRoles() throws SQLException {
    for (String role : MADE) {
      database.execute("drop role if exists \"%s\"".formatted(role));
    }
    database.execute("drop owned by %s cascade".formatted(OWNER), "drop role %s".formatted(OWNER));
    database.close();
  }

  private Settings settings(String write, String worker) throws IOException {
    Path file = directory.resolve("secrets.json");
    Files.writeString(
        file,
        """
        {"dev/database/configuration_application/write": %s,
         "dev/database/configuration_application/worker": %s}
        """
            .formatted(login("logins_write", write), login("logins'worker", worker)));
    return Settings.load(Map.of("CORE_SECRETS_FILE", file.toString()), directory);
  }

  private static String login(String user, String password) {
    return "{\"user\": \"%s\", \"password\": \"%s\", \"host\": \"h\", \"database\": \"d\"}"
        .formatted(user, password);
  }

  private void runs(String user, String password, String sql) throws SQLException {
    try (var connection = database.dataSource(user, password).getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /**
   * What the server keeps is made of the password; this server lets everybody of the machine in
   * without.
   */
  private boolean isPassword(String role, String password) throws Exception {
    try (var connection = database.connect();
        var statement =
            connection.prepareStatement("select rolpassword from pg_authid where rolname = ?")) {
      statement.setString(1, role);
      var rows = statement.executeQuery();
      assertThat(rows.next()).isTrue();
      String[] kept = rows.getString(1).split("[$:]", -1);
      assertThat(kept[0]).isEqualTo("SCRAM-SHA-256");
      var salted =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
              .generateSecret(
                  new PBEKeySpec(
                      password.toCharArray(),
                      Base64.getDecoder().decode(kept[2]),
                      Integer.parseInt(kept[1]),
                      256))
              .getEncoded();
      var hmac = Mac.getInstance("HmacSHA256");
      hmac.init(new SecretKeySpec(salted, "HmacSHA256"));
      byte[] clientKey = hmac.doFinal("Client Key".getBytes(StandardCharsets.UTF_8));
      byte[] storedKey = MessageDigest.getInstance("SHA-256").digest(clientKey);
      return Base64.getEncoder().encodeToString(storedKey).equals(kept[3]);
    }
  }

  @Test
  void thoseWhomTheSecretsNameMayLogInWithTheRightsOfTheirRoles() throws Exception {
    var given = RoleLogins.give(database.dataSource(OWNER, "o"), settings("one' or 1", "two"));

    assertThat(given).isEqualTo(MADE);
    runs("logins_write", "one' or 1", "select count(*) from execution.runs");
    runs("logins'worker", "two", "select 1");
    assertThatThrownBy(() -> runs("logins'worker", "two", "select count(*) from execution.runs"))
        .hasMessageContaining("permission denied");
    assertThat(isPassword("logins_write", "one' or 1")).isTrue();
    assertThat(isPassword("logins'worker", "two")).isTrue();
  }

  @Test
  void aRotatedPasswordIsTakenOver() throws Exception {
    RoleLogins.give(database.dataSource(OWNER, "o"), settings("old", "old"));
    RoleLogins.give(database.dataSource(OWNER, "o"), settings("new", "old"));

    assertThat(isPassword("logins_write", "new")).isTrue();
    assertThat(isPassword("logins_write", "old")).isFalse();
  }

  @Test
  void aMissingSecretIsNamed() {
    var none = Settings.load(Map.of(), directory);

    assertThatThrownBy(() -> RoleLogins.give(database.dataSource(), none))
        .isInstanceOf(SecretMissing.class)
        .hasMessageContaining("dev/database/configuration_application/write");
  }
}
