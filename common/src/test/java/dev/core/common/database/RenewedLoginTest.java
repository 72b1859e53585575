package dev.core.common.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.core.migrations.DirectDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RenewedLoginTest {

  private static final String URL = "jdbc:h2:mem:renewed-login";

  private final AtomicInteger reads = new AtomicInteger();
  private String secret = "one";
  private Connection keeper;

  @BeforeEach
  void create() throws SQLException {
    keeper = connection("one");
  }

  @AfterEach
  void drop() throws SQLException {
    keeper.close();
  }

  private static Properties login(String password) {
    var login = new Properties();
    login.setProperty("user", "core");
    login.setProperty("password", password);
    return login;
  }

  private static Connection connection(String password) throws SQLException {
    return DirectDataSource.of(URL, login(password)).getConnection();
  }

  private void rotate(String password) throws SQLException {
    try (var statement = keeper.createStatement()) {
      statement.execute("alter user core set password '" + password + "'");
    }
  }

  private DirectDataSource renewing() {
    return new DirectDataSource(
        URL,
        new RenewedLogin(
            own -> DirectDataSource.of(URL, own).getConnection(),
            () -> {
              reads.incrementAndGet();
              return login(secret);
            }),
        login("one"));
  }

  @Test
  void aRotatedPasswordIsReadOnceAndUsedFromThenOn() throws SQLException {
    var source = renewing();
    source.getConnection().close();
    assertThat(reads).hasValue(0);

    rotate("two");
    secret = "two";
    source.getConnection().close();
    source.getConnection().close();
    assertThat(reads).hasValue(1);
  }

  @Test
  void aLoginThatIsStillRefusedIsToldAsBefore() throws SQLException {
    var source = renewing();
    rotate("two");

    assertThatThrownBy(source::getConnection)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).startsWith("28"));
    assertThat(reads).hasValue(1);
  }
}
