package dev.core.orchestrator.store;

import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Who leads. The row holds the holder, its epoch and when it expires; the epoch rises with every
 * change of hands, so that whoever writes with an older one finds that it writes nothing.
 */
public final class Leadership {

  private static final String RENEW =
      """
      update execution.leadership
      set expires_at = execution.clock() + cast(:seconds as integer) * interval '1' second
      where id = 1 and epoch = :epoch
      """;

  private Leadership() {}

  /** Who leads, by the database's clock. */
  public static Leader read(Handle handle) {
    return handle
        .createQuery(
            """
            select holder, epoch, acquired_at, expires_at,
              coalesce(expires_at > execution.clock(), false) as alive
            from execution.leadership where id = 1
            """)
        .map((row, _) ->
            new Leader(
                row.getBoolean("alive"),
                row.getString("holder"),
                row.getLong("epoch"),
                Columns.instant(row, "acquired_at"),
                Columns.instant(row, "expires_at")))
        .one();
  }

  /**
   * Takes over if nobody leads, or if this holder itself led before; must run in a transaction.
   *
   * @return the new epoch, or empty while another leads, or has the row locked
   */
  public static Optional<Long> acquire(Handle handle, String holder, Duration lease) {
    return acquire(handle, holder, lease, null);
  }

  /**
   * The same.
   *
   * @param noticePort where processes of this machine ring when there is news for it, on H2
   */
  public static Optional<Long> acquire(
      Handle handle, String holder, Duration lease, @Nullable Integer noticePort) {
    if (!lock(handle, holder)) {
      return Optional.empty();
    }
    int taken =
        handle
            .createUpdate(
                """
                update execution.leadership
                set holder = :holder, epoch = epoch + 1, acquired_at = execution.clock(),
                  notice_port = :notice_port,
                  expires_at = execution.clock() + cast(:seconds as integer) * interval '1' second
                where id = 1
                  and (expires_at is null or expires_at <= execution.clock() or holder = :holder)
                """)
            .bind("holder", holder)
            .bind("notice_port", noticePort)
            .bind("seconds", lease.toSeconds())
            .execute();
    return taken == 0
        ? Optional.empty()
        : Optional.of(
            handle
                .createQuery("select epoch from execution.leadership where id = 1")
                .mapTo(Long.class)
                .one());
  }

  /** Does not wait for whoever was stopped in the middle of a transaction. */
  private static boolean lock(Handle handle, String holder) {
    return handle
        .createQuery(
            """
            select id from execution.leadership
            where id = 1
              and (expires_at is null or expires_at <= execution.clock() or holder = :holder)
            for update skip locked
            """)
        .bind("holder", holder)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  /**
   * The fence, and the renewal: the first statement of everything that a leader writes. Locks the
   * row, so nobody can take over until the transaction has ended.
   *
   * @return false if another leads by now: write nothing, forget everything
   */
  public static boolean renew(Handle handle, long epoch, Duration lease) {
    return handle
            .createUpdate(RENEW)
            .bind("epoch", epoch)
            .bind("seconds", lease.toSeconds())
            .execute()
        == 1;
  }

  /** Lets others lead at once, if this epoch still does. */
  public static void release(Handle handle, long epoch) {
    int _ =
        handle
            .createUpdate(
                """
                update execution.leadership set expires_at = execution.clock()
                where id = 1 and epoch = :epoch
                """)
            .bind("epoch", epoch)
            .execute();
  }
}
