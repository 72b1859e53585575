package dev.core.orchestrator.cli;

import dev.core.common.database.DatabaseLogin;
import dev.core.common.database.DatabaseUnavailable;
import dev.core.common.database.SchemaMismatch;
import dev.core.common.secrets.SecretProblem;
import dev.core.common.settings.SettingsProblem;
import dev.core.migrations.MigrationFailure;
import dev.core.orchestrator.api.HttpServer;
import dev.core.orchestrator.compute.ComputeBackend.BackendUnavailable;
import dev.core.orchestrator.compute.cloud.WrongAccount;
import dev.core.orchestrator.compute.cloud.publish.PublishingRefused;
import dev.core.orchestrator.store.CommandQueue;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells people of a failure in their words; a stack trace only for those who ask for one. */
final class Failures {

  private final Context context;

  Failures(Context context) {
    this.context = context;
  }

  /** Prints it and gives the exit code. */
  int tell(Exception failure) {
    var err = context.console().err();
    err.println("core: " + message(failure));
    if (context.debug()) {
      failure.printStackTrace(err);
    }
    if (failure instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.REFUSED;
  }

  private String message(Exception failure) {
    if (failure instanceof Refused
        || failure instanceof SettingsProblem
        || failure instanceof DatabaseUnavailable
        || failure instanceof SchemaMismatch
        || failure instanceof SecretProblem
        || failure instanceof MigrationFailure
        || failure instanceof WrongAccount
        || failure instanceof BackendUnavailable
        || failure instanceof HttpServer.AddressTaken
        || failure instanceof CommandQueue.KeyReused) {
      return words(failure);
    }
    if (failure instanceof PublishingRefused refused) {
      return words(Refused.because("this cannot be done:", refused.problems()));
    }
    if (failure instanceof InterruptedException) {
      return "interrupted";
    }
    var sql = sqlException(failure);
    if (sql != null && isUnreachable(sql)) {
      return "cannot reach the database %s: %s".formatted(database(), firstLine(words(sql)));
    }
    if (sql != null) {
      return "the database %s refused: %s%s"
          .formatted(database(), firstLine(words(sql)), hint(sql));
    }
    return "unexpected error: %s; run it again with --debug to see where".formatted(failure);
  }

  private String database() {
    return DatabaseLogin.describe(context.settings());
  }

  /**
   * Class 08 is about connections, 28 about passwords, 3D about databases that do not exist; 90xxx
   * are H2's.
   */
  private static boolean isUnreachable(SQLException failure) {
    var state = failure.getSQLState();
    return state != null
        && (state.startsWith("08")
            || state.startsWith("28")
            || state.startsWith("3D")
            || state.equals("90020")
            || state.equals("90067"));
  }

  /** A missing table or schema means that nobody has migrated. */
  private static String hint(SQLException failure) {
    var state = failure.getSQLState();
    return state != null && List.of("42P01", "3F000", "42S02", "90079", "42883").contains(state)
        ? "; has it been migrated? (core migrate status)"
        : "";
  }

  private static @Nullable SQLException sqlException(Throwable failure) {
    for (var cause : causes(failure)) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return sql;
      }
    }
    return null;
  }

  private static List<Throwable> causes(Throwable failure) {
    var causes = new ArrayList<Throwable>();
    for (@Nullable Throwable each = failure;
        each != null && causes.size() < 20;
        each = each.getCause()) {
      causes.add(each);
    }
    return causes.reversed();
  }

  private static String words(Throwable failure) {
    var message = failure.getMessage();
    return message == null ? failure.toString() : message;
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse(text);
  }
}
