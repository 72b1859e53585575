package dev.core.common.configuration.yaml;

import dev.core.common.database.Dialect;
import org.jdbi.v3.core.Handle;

/**
 * The next id that the store would give a transformation. Ids that a file brings must be passed by
 * it, and ids that were ever given must not be given again: they are part of task keys.
 */
final class Identity {

  private Identity() {}

  static long next(Handle handle, Dialect dialect) {
    var sql =
        switch (dialect) {
          case POSTGRES ->
              """
              select coalesce(pg_sequence_last_value(
                pg_get_serial_sequence('configuration.transformations', 'id')::regclass), 0) + 1
              """;
          case H2 ->
              """
              select identity_base from information_schema.columns
              where table_schema = 'configuration' and table_name = 'transformations'
                and column_name = 'id'
              """;
        };
    long sequence = handle.createQuery(sql).mapTo(Long.class).one();
    long highest =
        handle
            .createQuery("select coalesce(max(id), 0) from configuration.transformations")
            .mapTo(Long.class)
            .one();
    return Math.max(sequence, highest + 1);
  }

  /**
   * Sees to it that the store gives ids from {@code next} on. On H2 this ends the transaction, so
   * it is done before one begins: a gap does no harm.
   */
  static void advance(Handle handle, Dialect dialect, long next) {
    switch (dialect) {
      case POSTGRES ->
          handle
              .createQuery(
                  """
                  select setval(
                    pg_get_serial_sequence('configuration.transformations', 'id')::regclass, :last)
                  """)
              .bind("last", next - 1)
              .mapTo(Long.class)
              .one();
      case H2 ->
          handle.execute(
              "alter table configuration.transformations alter column id restart with " + next);
    }
  }
}
