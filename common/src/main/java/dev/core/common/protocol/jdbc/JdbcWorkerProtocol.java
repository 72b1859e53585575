package dev.core.common.protocol.jdbc;

import dev.core.common.database.Dialect;
import dev.core.common.json.Json;
import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.WorkOrder;
import dev.core.common.protocol.WorkerProtocol;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The worker's protocol over JDBC. Takes a connection for each call and gives it back at once, so
 * that none is held while a transformation runs. Thread-safe; retries nothing.
 */
public final class JdbcWorkerProtocol implements WorkerProtocol {

  private final Jdbi jdbi;
  private final ClaimStatements statements;

  public JdbcWorkerProtocol(Jdbi jdbi, Dialect dialect) {
    this.jdbi = jdbi;
    this.statements = ClaimStatements.of(dialect);
  }

  /**
   * {@inheritDoc}
   *
   * @throws Json.MalformedJson if the claim was taken but its work order cannot be read
   */
  @Override
  public @Nullable WorkOrder claim(String token, int partition, String jobId, String claimant) {
    // Without a notice: nothing follows from a claim that could not wait for the leader's next
    // look.
    var text =
        jdbi.withHandle(handle ->
            statements.alone(
                handle, tx -> statements.claim(tx, token, partition, jobId, claimant)));
    return text == null ? null : Json.read(text, WorkOrder.class);
  }

  @Override
  public boolean renew(String token, int partition, String claimant, @Nullable String progress) {
    return jdbi.withHandle(handle -> {
      var renewed =
          statements.alone(
              handle, tx -> statements.renew(tx, token, partition, claimant, progress));
      if (renewed && progress != null) {
        statements.announce(handle);
      }
      return renewed;
    });
  }

  @Override
  public boolean finish(String token, int partition, String claimant, Outcome outcome) {
    var text = Json.write(outcome);
    return jdbi.withHandle(
        handle -> statements.finishAndAnnounce(handle, token, partition, claimant, text));
  }
}
