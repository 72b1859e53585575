package dev.core.common.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransientFailureTest {
  @ParameterizedTest
  @CsvSource({
    "08006, CONNECTION_LOST",
    "57P01, CONNECTION_LOST",
    "90067, CONNECTION_LOST",
    "90121, CONNECTION_LOST",
    "53300, TOO_MANY_CONNECTIONS",
    "40001, CONFLICT",
    "40P01, CONFLICT",
    "57014, CONFLICT"
  })
  void passingFailuresAreKnownByTheirState(String state, TransientFailure expected) {
    var wrapped = new IllegalStateException(new SQLException("x", state));

    assertThat(TransientFailure.of(wrapped)).contains(expected);
  }

  @Test
  void anEmptyPoolSaysWhatItWaitedFor() {
    var full = new SQLTransientConnectionException("pool: no connection in time");
    var refused =
        new SQLTransientConnectionException(
            "pool: no connection in time", new SQLException("too many clients", "53300"));
    var wrongPassword =
        new SQLTransientConnectionException(
            "pool: no connection in time", new SQLException("wrong password", "28P01"));

    assertThat(TransientFailure.of(full)).contains(TransientFailure.TOO_MANY_CONNECTIONS);
    assertThat(TransientFailure.of(refused)).contains(TransientFailure.TOO_MANY_CONNECTIONS);
    assertThat(TransientFailure.of(wrongPassword)).isEmpty();
  }

  @Test
  void faultsOfTheStatementDoNotPass() {
    assertThat(TransientFailure.of(new SQLException("duplicate", "23505"))).isEmpty();
    assertThat(TransientFailure.of(new IllegalStateException("no database"))).isEmpty();
  }
}
