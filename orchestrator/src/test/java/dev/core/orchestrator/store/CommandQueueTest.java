package dev.core.orchestrator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.core.common.database.Database;
import dev.core.common.database.Dialect;
import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import dev.core.orchestrator.command.Command;
import dev.core.orchestrator.command.CommandAnswer;
import java.time.Duration;
import java.util.Map;

class CommandQueueTest {

  private static final Command START =
      new Command.StartRun("flights", "manual", Map.of("year", "2008"), null);

  private static CommandQueue queue(TestDatabase database) {
    var dialect = database.isPostgres() ? Dialect.POSTGRES : Dialect.H2;
    return new CommandQueue(
        Database.over(database.dataSource(), dialect).jdbi(), dialect == Dialect.POSTGRES);
  }

  @BothDatabases
  void sameKeyAndCommandAreOneCommand(TestDatabase database) {
    var queue = queue(database);

    var first = queue.submit(START, "k", "ada");
    var second = queue.submit(START, "k", "bob");

    assertThat(first.replayed()).isFalse();
    assertThat(second.replayed()).isTrue();
    assertThat(second.id()).isEqualTo(first.id());
  }

  @BothDatabases
  void keyOfAnotherCommandIsRefused(TestDatabase database) {
    var queue = queue(database);
    var _ = queue.submit(START, "k", "ada");

    assertThatThrownBy(() -> queue.submit(new Command.CancelRun(1, "why not"), "k", "ada"))
        .isInstanceOf(CommandQueue.KeyReused.class)
        .hasMessageContaining("'k'");
  }

  @BothDatabases
  void answerIsAwaited(TestDatabase database) throws Exception {
    var queue = queue(database);
    var command = queue.submit(START, "k", "ada");
    assertThat(queue.await(command.id(), Duration.ZERO)).isEmpty();

    database.execute(
        """
        update execution.commands set status = 'APPLIED', answered_at = execution.clock(),
          answer = '{"refused":false,"message":"run 5","runId":5}'
        """);

    assertThat(queue.await(command.id(), Duration.ofSeconds(5)))
        .contains(new CommandAnswer(false, "run 5", 5L));
    assertThat(queue.submit(START, "k", "ada").answer())
        .isEqualTo(new CommandAnswer(false, "run 5", 5L));
  }
}
