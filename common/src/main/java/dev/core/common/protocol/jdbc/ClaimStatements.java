package dev.core.common.protocol.jdbc;

import dev.core.common.database.Dialect;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What {@link dev.core.common.protocol.WorkerProtocol} says, in one dialect; runs in the
 * transaction of the handle and commits nothing itself.
 */
sealed interface ClaimStatements permits H2Claims, PostgresClaims {

  static ClaimStatements of(Dialect dialect) {
    return switch (dialect) {
      case POSTGRES -> new PostgresClaims();
      case H2 -> new H2Claims();
    };
  }

  /** The work order's text, or null if refused. */
  @Nullable String claim(Handle handle, String token, int partition, String jobId, String claimant);

  boolean renew(
      Handle handle, String token, int partition, String claimant, @Nullable String progress);

  boolean finish(Handle handle, String token, int partition, String claimant, String outcome);

  /** Commits an outcome, and tells the leader if it counts. */
  boolean finishAndAnnounce(
      Handle handle, String token, int partition, String claimant, String outcome);

  /** Does one of these in a transaction of its own, on a handle that is in none. */
  <T extends @Nullable Object> T alone(Handle handle, Function<Handle, T> work);

  /** Several claims, one after the other; the answers in the same order. */
  List<Optional<String>> claimAll(Handle handle, List<Claiming> claims);

  /** Several outcomes, one after the other; the answers in the same order. */
  List<Boolean> finishAll(Handle handle, List<Finishing> outcomes);

  /** What {@link #claim} takes. */
  record Claiming(String token, int partition, String jobId, String claimant) {}

  /** What {@link #finish} takes. */
  record Finishing(String token, int partition, String claimant, String outcome) {}

  /**
   * Tells the leader that there is news to read. To be called after the commit: a notice within it
   * would make all workers queue for one lock until it is on the disk.
   */
  void announce(Handle handle);
}
