package dev.core.common.configuration;

import dev.core.common.database.Dialect;
import org.jdbi.v3.core.Handle;

/** Makes the ids that the database gives follow those that were inserted. */
final class Identities {
  private Identities() {}

  /** Never goes back: an id that was given to a row since deleted is not given again. */
  static void follow(Handle handle, Dialect dialect, String table) {
    switch (dialect) {
      case POSTGRES ->
          handle
              .createQuery(
                  """
                  select setval(sequence, greatest(nextval(sequence), highest + 1), false)
                  from (
                    select pg_get_serial_sequence('%1$s', 'id') as sequence,
                      coalesce(max(id), 0) as highest
                    from %1$s
                  ) as ids
                  """
                      .formatted(table))
              .mapTo(Long.class)
              .one();
      case H2 -> {
        long next =
            handle
                .createQuery(
                    """
                    select greatest(
                      (select coalesce(max(id), 0) + 1 from %s),
                      (select identity_base from information_schema.columns
                       where table_schema || '.' || table_name = '%s' and column_name = 'id'))
                    """
                        .formatted(table, table))
                .mapTo(Long.class)
                .one();
        handle.execute("alter table %s alter column id restart with %d".formatted(table, next));
      }
    }
  }
}
