package dev.core.common.configuration;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * The rows of one table. Constraints of the database protect it: a write that breaks one throws.
 */
public final class Rows<R extends Row> {
  private final Table<R> table;
  private final Handle handle;
  private final Actor actor;

  Rows(Table<R> table, Handle handle, Actor actor) {
    this.table = table;
    this.handle = handle;
    this.actor = actor;
  }

  /**
   * Adds a row. One that has an id keeps it; see {@link ConfigurationStore#continueIds}.
   *
   * @return its id
   */
  public long insert(R row) {
    var sql = row.id() == 0 ? table.insert() : table.insertWithId();
    return actor.write(
        handle,
        transaction -> {
          try (var insert = transaction.createUpdate(sql)) {
            bind(insert, row);
            if (row.id() != 0) {
              insert.bind("id", row.id());
            }
            return insert.executeAndReturnGeneratedKeys("id").mapTo(Long.class).one();
          }
        });
  }

  /**
   * Changes the row that has the same id.
   *
   * @return false if there is none
   */
  public boolean update(R row) {
    return actor.write(
            handle,
            transaction -> {
              try (var update = transaction.createUpdate(table.update())) {
                bind(update, row);
                return update.bind("id", row.id()).execute();
              }
            })
        == 1;
  }

  /**
   * Removes a row, and what belongs to it alone.
   *
   * @return false if there is none
   */
  public boolean delete(long id) {
    return actor.write(
            handle,
            transaction -> {
              try (var delete = transaction.createUpdate(table.delete())) {
                return delete.bind("id", id).execute();
              }
            })
        == 1;
  }

  public Optional<R> find(long id) {
    return query("where id = :value", id).stream().findFirst();
  }

  /** The one row that has this value in a column, such as {@code name}; of several, the oldest. */
  public Optional<R> findBy(String column, Object value) {
    return where(column, value).stream().findFirst();
  }

  /** All rows that have this value in a column, oldest first. */
  public List<R> where(String column, Object value) {
    if (!table.has(column)) {
      throw new IllegalArgumentException(table.name() + " has no column '" + column + "'");
    }
    return query("where " + column + " = :value", value);
  }

  /**
   * All rows that meet a condition, oldest first.
   *
   * @param condition in SQL, of this table's columns and {@code :value}
   */
  public List<R> matching(String condition, Object value) {
    return query("where " + condition, value);
  }

  /** All rows, oldest first. */
  public List<R> list() {
    try (var query = handle.createQuery(table.select(""))) {
      return query.mapTo(table.type()).list();
    }
  }

  public int count() {
    try (var query = handle.createQuery("select count(*) from " + table.name())) {
      return query.mapTo(Integer.class).one();
    }
  }

  private List<R> query(String condition, Object value) {
    try (var query = handle.createQuery(table.select(condition))) {
      return query.bind("value", value).mapTo(table.type()).list();
    }
  }

  private void bind(SqlStatement<?> statement, R row) {
    for (var column : table.columns()) {
      statement.bind(column.name(), column.value().apply(row));
    }
    statement.bind("actor", actor.name());
  }
}
