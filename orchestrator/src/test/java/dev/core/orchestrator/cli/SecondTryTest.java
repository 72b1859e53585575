package dev.core.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class SecondTryTest {

  private static final SQLException BROKEN = new SQLException("connection broken", "90067");
  private static final SQLException NOT_MADE = new SQLException("connection refused", "08001");
  private static final SQLException UNKNOWN_TABLE = new SQLException("no such table", "42P01");

  @Command(name = "core")
  private static final class Root {}

  private static class Failing implements Callable<Integer> {
    final Deque<SQLException> failures;
    int calls;

    Failing(SQLException... failures) {
      this.failures = new ArrayDeque<>(List.of(failures));
    }

    @Override
    public Integer call() throws SQLException {
      calls++;
      if (!failures.isEmpty()) {
        throw failures.removeFirst();
      }
      return 0;
    }
  }

  @OnlyReads
  @Command(name = "it")
  private static final class Reading extends Failing {
    Reading(SQLException... failures) {
      super(failures);
    }
  }

  @Command(name = "it")
  private static final class Writing extends Failing {
    Writing(SQLException... failures) {
      super(failures);
    }
  }

  private static int run(Failing command, boolean hasSpoken) {
    return new CommandLine(new Root())
        .addSubcommand(command)
        .setExecutionStrategy(new SecondTry(() -> hasSpoken))
        .setExecutionExceptionHandler((_, _, _) -> 1)
        .execute("it");
  }

  @Test
  void aCommandThatOnlyReadsIsRunOnceMoreWhenItsConnectionBreaks() {
    var command = new Reading(BROKEN);

    assertThat(run(command, false)).isZero();
    assertThat(command.calls).isEqualTo(2);
  }

  @Test
  void itIsNotTriedAThirdTime() {
    var command = new Reading(BROKEN, BROKEN);

    assertThat(run(command, false)).isEqualTo(1);
    assertThat(command.calls).isEqualTo(2);
  }

  @Test
  void whatWritesOrHasSpokenOrFailsOtherwiseIsRunOnce() {
    var writing = new Writing(BROKEN);
    var spoken = new Reading(BROKEN);
    var wrong = new Reading(UNKNOWN_TABLE);
    var unreachable = new Reading(NOT_MADE);

    assertThat(
            List.of(
                run(writing, false), run(spoken, true), run(wrong, false), run(unreachable, false)))
        .containsOnly(1);
    assertThat(List.of(writing.calls, spoken.calls, wrong.calls, unreachable.calls))
        .containsOnly(1);
  }
}
