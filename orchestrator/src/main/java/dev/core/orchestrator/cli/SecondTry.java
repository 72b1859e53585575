package dev.core.orchestrator.cli;

import dev.core.common.database.TransientFailure;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.ParseResult;

/**
 * Runs a command; one that {@link OnlyReads} once more when its connection broke. That happens when
 * the process dies that served the embedded database to it: another one serves at once.
 */
final class SecondTry implements IExecutionStrategy {

  private static final String NOT_MADE = "08001";

  private final IExecutionStrategy once = new CommandLine.RunLast();
  private final BooleanSupplier hasSpoken;

  /**
   * @param hasSpoken whether the command has printed something, which a second try would repeat
   */
  SecondTry(BooleanSupplier hasSpoken) {
    this.hasSpoken = hasSpoken;
  }

  @Override
  public int execute(ParseResult parsed) {
    try {
      return once.execute(parsed);
    } catch (ExecutionException e) {
      if (!hasBroken(e) || hasSpoken.getAsBoolean() || !onlyReads(parsed)) {
        throw e;
      }
      return once.execute(parsed);
    }
  }

  /** A connection that could not be made was waited for long enough. */
  private static boolean hasBroken(Throwable failure) {
    if (!TransientFailure.of(failure).equals(Optional.of(TransientFailure.CONNECTION_LOST))) {
      return false;
    }
    int depth = 0;
    for (Throwable each = failure; each != null && depth < 20; each = each.getCause(), depth++) {
      if (each instanceof SQLException sql && NOT_MADE.equals(sql.getSQLState())) {
        return false;
      }
    }
    return true;
  }

  private static boolean onlyReads(ParseResult parsed) {
    return parsed.hasSubcommand()
        && parsed
            .subcommand()
            .commandSpec()
            .userObject()
            .getClass()
            .isAnnotationPresent(OnlyReads.class);
  }
}
