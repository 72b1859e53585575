package dev.core.orchestrator.store;

import dev.core.common.json.Json;
import dev.core.common.protocol.jdbc.LeaderBell;
import dev.core.orchestrator.command.Command;
import dev.core.orchestrator.command.CommandAnswer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/**
 * How everyone but the leader changes anything: a command is a row, applied once by whoever leads.
 * Thread-safe; usable from any process, also while nobody leads.
 */
public final class CommandQueue {

  private static final String UNIQUE_VIOLATION = "23505";
  private static final Duration FIRST_LOOK = Duration.ofMillis(5);
  private static final Duration SLOWEST_LOOK = Duration.ofMillis(100);

  private final Jdbi jdbi;

  /** With the notice of Postgres; otherwise the leader's bell is rung. */
  private final boolean notifies;

  public CommandQueue(Jdbi jdbi, boolean notifies) {
    this.jdbi = jdbi;
    this.notifies = notifies;
  }

  /**
   * Asks once, however often it is called with the same key and command.
   *
   * @throws KeyReused if the key stands for another command
   */
  public QueuedCommand submit(Command command, String idempotencyKey, String requestedBy) {
    var body = Json.write(command);
    try {
      insert(idempotencyKey, requestedBy, body);
      return new QueuedCommand(find(idempotencyKey).id(), false, null);
    } catch (UnableToExecuteStatementException e) {
      if (!isUniqueViolation(e)) {
        throw e;
      }
      var earlier = find(idempotencyKey);
      if (!earlier.body().equals(body)) {
        throw new KeyReused(idempotencyKey);
      }
      return new QueuedCommand(earlier.id(), true, earlier.answer());
    }
  }

  /** A command by its id. */
  public Optional<QueuedCommand> find(long id) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("select id, answer from execution.commands where id = :id")
            .bind("id", id)
            .map((row, _) ->
                new QueuedCommand(row.getLong("id"), true, answer(row.getString("answer"))))
            .findOne());
  }

  /**
   * Waits for the leader's answer.
   *
   * @return empty if there was none in time
   */
  public Optional<CommandAnswer> await(long id, Duration patience) throws InterruptedException {
    var deadline = System.nanoTime() + patience.toNanos();
    var pause = FIRST_LOOK;
    while (true) {
      var answer = find(id).map(QueuedCommand::answer);
      if (answer.isPresent() || System.nanoTime() - deadline >= 0) {
        return answer;
      }
      Thread.sleep(pause);
      pause =
          pause.multipliedBy(2).compareTo(SLOWEST_LOOK) < 0 ? pause.multipliedBy(2) : SLOWEST_LOOK;
    }
  }

  private record Earlier(long id, String body, @Nullable CommandAnswer answer) {}

  private void insert(String key, String requestedBy, String body) {
    jdbi.useHandle(handle -> {
      var inserted =
          handle
              .createUpdate(
                  """
                  insert into execution.commands (idempotency_key, kind, body, requested_by)
                  values (:key, :kind, :body, :requestedBy)
                  """)
              .bind("key", key)
              .bind("kind", Json.tree(body).path("command").asText())
              .bind("body", body)
              .bind("requestedBy", requestedBy)
              .execute();
      if (inserted != 1) {
        throw new IllegalStateException("inserted " + inserted + " commands under " + key);
      }
      if (notifies) {
        handle.execute("notify core_commands, ''");
      } else {
        LeaderBell.ring(handle);
      }
    });
  }

  private Earlier find(String key) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                select id, body, answer from execution.commands
                where idempotency_key = :key
                """)
            .bind("key", key)
            .map((row, _) ->
                new Earlier(
                    row.getLong("id"), row.getString("body"), answer(row.getString("answer"))))
            .one());
  }

  private static @Nullable CommandAnswer answer(@Nullable String json) {
    return json == null ? null : Json.read(json, CommandAnswer.class);
  }

  private static boolean isUniqueViolation(UnableToExecuteStatementException failure) {
    return failure.getCause() instanceof SQLException sql
        && UNIQUE_VIOLATION.equals(sql.getSQLState());
  }

  /** An idempotency key that was used before for something else. */
  public static final class KeyReused extends RuntimeException {
    KeyReused(String key) {
      super(
          String.format(
              Locale.ROOT,
              "idempotency key '%s' was used before for a different command; use a new key",
              key));
    }
  }
}
