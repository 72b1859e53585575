package dev.core.worker.run;

import dev.core.common.database.Database;
import dev.core.common.protocol.WorkerExit;
import dev.core.common.protocol.jdbc.JdbcWorkerProtocol;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code corebot run}: one attempt, or one partition of it, in this process. */
@Command(
    name = "run",
    description = {
      "Claims an attempt, runs its transformation and writes the outcome.",
      "Backends start it; by hand it is of use only with the token of an attempt."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:succeeded",
      " 1:an unexpected error, such as a database that cannot be reached",
      " 2:wrong usage",
      "10:the transformation failed",
      "11:it ran longer than its time-out",
      "12:it ran out of memory",
      "13:infrastructure: it was asked to stop, or could not renew its claim",
      "14:configuration: it could never have run",
      "20:the claim was refused: somebody else holds the attempt, or it was closed;"
          + " nothing was done",
      "21:the claim was closed or lost while it ran: the outcome did not count"
    })
public final class RunCommand implements Callable<Integer> {

  /** What is left of a container's grace when the work has reacted to its interrupt. */
  private static final long PATIENCE_SECONDS = 28;

  private final Supplier<Workshop> workshops;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--token",
      required = true,
      paramLabel = "TOKEN",
      description = "Token of the attempt.")
  private String token = "";

  @Option(
      names = "--partition",
      paramLabel = "N",
      description = {
        "Index of the claim within the attempt, from 0. Default: 0.",
        "In an array of AWS Batch, that of its first member: AWS_BATCH_JOB_ARRAY_INDEX is added."
      })
  private @Nullable Integer partition;

  @Option(
      names = "--job-id",
      paramLabel = "ID",
      description = "What the backend calls this job. Default: AWS_BATCH_JOB_ID.")
  private @Nullable String jobId;

  public RunCommand(Supplier<Workshop> workshops) {
    this.workshops = workshops;
  }

  @Override
  public Integer call() throws Exception {
    var workshop = workshops.get();
    AttemptLogs.showAttempts();
    try (var database = Database.forWorker(workshop.settings())) {
      var run =
          new SingleRun(
              new JdbcWorkerProtocol(database.jdbi(), database.dialect()),
              workshop.work(),
              workshop.settings().claims(),
              key(workshop),
              System::nanoTime,
              RandomGenerator.getDefault());
      return untilTheEnd(run);
    }
  }

  private ClaimKey key(Workshop workshop) {
    var batch = workshop.settings().batchJob();
    var job = Optional.ofNullable(jobId).or(batch::jobId);
    if (job.isEmpty()) {
      throw new ParameterException(
          java.util.Objects.requireNonNull(spec).commandLine(),
          "Missing required option '--job-id=ID': AWS_BATCH_JOB_ID is not set either");
    }
    int index = (partition == null ? 0 : partition) + batch.arrayIndex().orElse(0);
    return new ClaimKey(token, index, job.get(), UUID.randomUUID().toString());
  }

  /**
   * A signal interrupts the work, and the process ends when its outcome is written: with the code
   * that belongs to it, not with the one of the signal.
   */
  private static int untilTheEnd(SingleRun run) throws InterruptedException {
    var exit = new CompletableFuture<Integer>();
    var atSignal =
        new Thread(
            () -> {
              run.askToStop("the worker was asked to stop");
              Runtime.getRuntime().halt(awaited(exit));
            },
            "signal");
    Runtime.getRuntime().addShutdownHook(atSignal);
    try {
      int code = run.run().code();
      exit.complete(code);
      return code;
    } finally {
      exit.complete(1);
      forget(atSignal);
    }
  }

  private static void forget(Thread atSignal) {
    try {
      var _ = Runtime.getRuntime().removeShutdownHook(atSignal);
    } catch (IllegalStateException e) {
      LoggerFactory.getLogger(RunCommand.class).debug("ended by a signal", e);
    }
  }

  private static int awaited(CompletableFuture<Integer> exit) {
    try {
      return exit.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LoggerFactory.getLogger(RunCommand.class).error("stopped without having written an outcome");
      return WorkerExit.INFRASTRUCTURE.code();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return WorkerExit.INFRASTRUCTURE.code();
    }
  }
}
