package dev.core.common.protocol.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.core.common.database.Database;
import dev.core.common.database.Dialect;
import dev.core.common.json.Json;
import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.WorkOrder;
import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class JdbcWorkerProtocolTest {

  private static final WorkOrder ORDER = ExecutionRows.order("shell", Map.of());
  private static final Outcome DONE = Outcome.success(null, List.of());

  private JdbcWorkerProtocol protocol;
  private ExecutionRows rows;
  private TestDatabase database;

  private void given(TestDatabase test) {
    database = test;
    var dialect = test.isPostgres() ? Dialect.POSTGRES : Dialect.H2;
    rows = new ExecutionRows(Database.over(test.dataSource(), dialect).jdbi());
    protocol = new JdbcWorkerProtocol(WorkerConnection.as("corebot", test).jdbi(), dialect);
    rows.attempt(1, "secret", Json.write(ORDER));
  }

  @AfterEach
  void drop() throws Exception {
    database.close();
  }

  @BothDatabases
  void aClaimGivesTheWorkOrderAndIsExclusive(TestDatabase test) {
    given(test);

    assertThat(protocol.claim("secret", 0, "job", "a")).isEqualTo(ORDER);
    assertThat(protocol.claim("secret", 0, "job", "a")).isEqualTo(ORDER);
    assertThat(protocol.claim("secret", 0, "other", "b")).isNull();
    assertThat(protocol.claim("wrong", 0, "job", "a")).isNull();
    assertThat(protocol.claim("secret", 1, "job", "a")).isNull();
    assertThat(rows.claim(1))
        .returns("a", ExecutionRows.Claim::claimant)
        .returns("job", ExecutionRows.Claim::jobId)
        .returns(2, ExecutionRows.Claim::version)
        .returns(true, ExecutionRows.Claim::hasNews);
  }

  @BothDatabases
  void aClosedClaimIsRefusedAndSoAreRenewalAndOutcome(TestDatabase test) {
    given(test);
    protocol.claim("secret", 0, "job", "a");
    rows.close(1);

    assertThat(protocol.claim("secret", 0, "job", "a")).isNull();
    assertThat(protocol.renew("secret", 0, "a", "half")).isFalse();
    assertThat(protocol.finish("secret", 0, "a", DONE)).isFalse();
    assertThat(rows.claim(1))
        .returns(null, ExecutionRows.Claim::outcome)
        .returns(null, ExecutionRows.Claim::progress);
  }

  @BothDatabases
  void onlyChangedProgressIsNews(TestDatabase test) {
    given(test);
    protocol.claim("secret", 0, "job", "a");

    assertThat(protocol.renew("secret", 0, "a", null)).isTrue();
    assertThat(rows.claim(1).version()).isEqualTo(1);
    assertThat(protocol.renew("secret", 0, "a", "half")).isTrue();
    assertThat(protocol.renew("secret", 0, "a", "half")).isTrue();
    assertThat(protocol.renew("secret", 0, "a", null)).isTrue();
    assertThat(protocol.renew("secret", 0, "b", "mine")).isFalse();
    assertThat(rows.claim(1))
        .returns(2, ExecutionRows.Claim::version)
        .returns("half", ExecutionRows.Claim::progress);
  }

  @BothDatabases
  void theFirstOutcomeCountsAndMayBeRepeatedByItsClaimant(TestDatabase test) {
    given(test);
    protocol.claim("secret", 0, "job", "a");

    assertThat(protocol.finish("secret", 0, "b", DONE)).isFalse();
    assertThat(protocol.finish("secret", 0, "a", DONE)).isTrue();
    rows.close(1);
    assertThat(protocol.finish("secret", 0, "a", Outcome.failure(FailureClass.USER, "late")))
        .isTrue();
    assertThat(rows.claim(1).outcome()).isEqualTo(Json.write(DONE));
    assertThat(protocol.renew("secret", 0, "a", "half")).isFalse();
  }

  @BothDatabases
  void aBrokenWorkOrderIsAnErrorAfterTheClaim(TestDatabase test) {
    given(test);
    rows.attempt(2, "broken", "{\"no\":\"order\"}");

    assertThatThrownBy(() -> protocol.claim("broken", 0, "job", "a"))
        .isInstanceOf(Json.MalformedJson.class);
    assertThat(rows.claim(2).claimant()).isEqualTo("a");
  }

  @BothDatabases
  void aWorkerHasNoRightsOnTables(TestDatabase test) {
    given(test);
    if (test.isPostgres()) {
      var worker = WorkerConnection.as("corebot", test).jdbi();
      assertThatThrownBy(() -> worker.useHandle(h -> h.execute("select 1 from execution.claims")))
          .hasMessageContaining("permission denied");
    }
  }
}
