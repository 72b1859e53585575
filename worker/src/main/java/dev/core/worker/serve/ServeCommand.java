package dev.core.worker.serve;

import dev.core.common.database.Database;
import dev.core.common.protocol.LocalHost;
import dev.core.common.protocol.jdbc.JdbcLocalJobs;
import dev.core.common.protocol.jdbc.JdbcWorkerProtocol;
import dev.core.common.protocol.jdbc.LocalJobNotices;
import dev.core.worker.run.AttemptLogs;
import dev.core.worker.run.Backoff;
import dev.core.worker.run.Reason;
import dev.core.worker.run.Workshop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code corebot serve}: the resident worker of a machine, in local mode. */
@Command(
    name = "serve",
    description = {
      "Takes the local jobs of this machine and runs them, several at once, until it is told to"
          + " stop or there was nothing to do for long.",
      "The orchestrator starts it when it is needed."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:stopped, or nothing to do for long",
      " 1:an unexpected error, such as a database that cannot be reached",
      " 2:wrong usage"
    })
public final class ServeCommand implements Callable<Integer> {

  private static final Logger LOGGER = LoggerFactory.getLogger(ServeCommand.class);
  private static final long PATIENCE_SECONDS = 29;
  private static final Duration FIRST_CONTACT = Duration.ofSeconds(60);

  private final Supplier<Workshop> workshops;

  @Option(
      names = "--slots",
      paramLabel = "N",
      description = "Jobs that run at once. Default: CORE_LOCAL_SLOTS.")
  private @Nullable Integer slots;

  @Option(
      names = "--idle-minutes",
      paramLabel = "N",
      defaultValue = "10",
      description = "End when there was nothing to do for so long. Default: ${DEFAULT-VALUE}.")
  private int idleMinutes;

  public ServeCommand(Supplier<Workshop> workshops) {
    this.workshops = workshops;
  }

  @Override
  public Integer call() throws Exception {
    var workshop = workshops.get();
    var settings = workshop.settings();
    int count = slots != null ? slots : settings.localSlots();
    try (var database = Database.forLocalWorker(settings)) {
      var tools =
          new Tools(
              new JdbcWorkerProtocol(database.jdbi(), database.dialect()),
              workshop.work(),
              settings.claims(),
              AttemptLogs.install(),
              workshop.children(),
              corebot(),
              settings.directory(),
              System::nanoTime);
      serve(database, tools, count);
      return 0;
    }
  }

  private void serve(Database database, Tools tools, int count) throws InterruptedException {
    var workload = new Workload(tools);
    try (var notices = LocalJobNotices.start(database, workload::wake)) {
      var worker =
          new JdbcLocalJobs.Worker(
              UUID.randomUUID().toString(),
              LocalHost.name(),
              ProcessHandle.current().pid(),
              notices.port());
      try (var jobs = new JdbcLocalJobs(database.jdbi(), database.dialect(), worker)) {
        introduce(jobs, count);
        LOGGER.info("worker {} serves {} with {} slots", worker.id(), worker.host(), count);
        var limits = new Resident.Limits(count, Duration.ofMinutes(idleMinutes));
        var resident = new Resident(jobs, workload, limits, tools, notices::hears);
        var ended = endAtSignal(resident);
        try (var upkeep = new Upkeep(jobs, workload, count, tools.nanos())) {
          upkeep.start();
          resident.run();
        } finally {
          ended.countDown();
        }
        LOGGER.info("worker {} ends", worker.id());
      }
    }
  }

  /** The orchestrator that started it may still be busy with the database. */
  private static void introduce(JdbcLocalJobs jobs, int slots) throws InterruptedException {
    var backoff = new Backoff(RandomGenerator.getDefault());
    long until = System.nanoTime() + FIRST_CONTACT.toNanos();
    while (true) {
      try {
        jobs.beat(slots);
        return;
      } catch (RuntimeException e) {
        if (System.nanoTime() - until > 0) {
          throw e;
        }
        LOGGER.warn("the database does not answer, trying again: {}", Reason.of(e));
        Thread.sleep(backoff.next());
      }
    }
  }

  private static CountDownLatch endAtSignal(Resident resident) {
    var ended = new CountDownLatch(1);
    var atSignal =
        new Thread(
            () -> {
              resident.askToStop("the worker was asked to stop");
              try {
                var _ = ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "signal");
    Runtime.getRuntime().addShutdownHook(atSignal);
    return ended;
  }

  /** This very program, for jobs in processes of their own. */
  private static List<String> corebot() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        "dev.core.worker.Corebot");
  }
}
