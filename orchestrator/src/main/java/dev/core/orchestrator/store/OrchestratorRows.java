package dev.core.orchestrator.store;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The orchestrators that live, leader or not: each keeps a row of its own up to date. For people to
 * see; nothing is decided by it. Thread-safe.
 */
public final class OrchestratorRows {

  private final Jdbi jdbi;

  public OrchestratorRows(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * @param holder its name among orchestrators: host, process, and a random part
   * @param beatAt when it last said that it lives
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Member(String holder, Instant startedAt, Instant beatAt) {}

  /** It lives. Takes the rows of those away that have not said so for a day. */
  public void beat(String holder) {
    jdbi.useTransaction(handle -> {
      if (update(handle, holder) == 0) {
        insert(handle, holder);
      }
    });
  }

  private static int update(Handle handle, String holder) {
    return handle
        .createUpdate(
            """
            update execution.orchestrators set beat_at = execution.clock() where holder = :holder
            """)
        .bind("holder", holder)
        .execute();
  }

  private static void insert(Handle handle, String holder) {
    int _ =
        handle.execute(
            """
            delete from execution.orchestrators
            where beat_at < execution.clock() - interval '1' day
            """);
    int _ =
        handle
            .createUpdate(
                """
                insert into execution.orchestrators (holder, started_at, beat_at)
                values (:holder, execution.clock(), execution.clock())
                """)
            .bind("holder", holder)
            .execute();
  }

  /** It ends. */
  public void leave(String holder) {
    jdbi.useHandle(
        handle -> handle.execute("delete from execution.orchestrators where holder = ?", holder));
  }

  /** Those that gave a sign of life in the last fifteen seconds, the oldest first. */
  public List<Member> alive() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                select holder, started_at, beat_at from execution.orchestrators
                where beat_at > execution.clock() - interval '15' second
                order by started_at, holder
                """)
            .map((row, _) ->
                new Member(
                    row.getString("holder"),
                    Columns.requiredInstant(row, "started_at"),
                    Columns.requiredInstant(row, "beat_at")))
            .list());
  }
}
