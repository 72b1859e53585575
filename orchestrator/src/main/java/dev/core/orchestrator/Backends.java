package dev.core.orchestrator;

import dev.core.common.database.Database;
import dev.core.common.protocol.jdbc.JdbcWorkerProtocol;
import dev.core.common.settings.ClaimSettings;
import dev.core.common.settings.Mode;
import dev.core.common.settings.Settings;
import dev.core.orchestrator.cli.Refused;
import dev.core.orchestrator.compute.ComputeBackend;
import dev.core.orchestrator.compute.ComputeBackend.BackendUnavailable;
import dev.core.orchestrator.compute.DatasetsCheck;
import dev.core.orchestrator.compute.Finding;
import dev.core.orchestrator.compute.cloud.CloudBackend;
import dev.core.orchestrator.compute.cloud.CloudExamination;
import dev.core.orchestrator.compute.cloud.CloudOptions;
import dev.core.orchestrator.compute.cloud.WrongAccount;
import dev.core.orchestrator.compute.local.LocalBackend;
import dev.core.orchestrator.compute.simulated.PacedBackend;
import dev.core.orchestrator.compute.simulated.SeededScenario;
import dev.core.orchestrator.compute.simulated.SimulatedBackend;
import dev.core.orchestrator.compute.simulated.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The compute backends of this installation, by mode. */
final class Backends {

  private static final int SIMULATED_SUBMISSIONS = 500;

  private Backends() {}

  /**
   * @throws Refused if there is none of that mode, or it cannot be used
   */
  static ComputeBackend of(String mode, Settings settings, Database database) {
    var known = mode(mode);
    require(known);
    return switch (known) {
      case LOCAL -> LocalBackend.of(settings, database);
      case SIMULATED -> simulated(settings, database);
      case CLOUD -> cloud(settings);
      case VIRTUAL -> throw new IllegalStateException("it was just refused");
    };
  }

  /**
   * @throws Refused if this program cannot run jobs so
   */
  static void require(Mode mode) {
    switch (mode) {
      case LOCAL, SIMULATED, CLOUD -> {}
      case VIRTUAL ->
          throw new Refused(
              "CORE_MODE is 'virtual', which this version cannot run yet; set it to local, simulated"
                  + " or cloud");
    }
  }

  private static Mode mode(String text) {
    for (Mode mode : Mode.values()) {
      if (mode.text().equals(text)) {
        return mode;
      }
    }
    throw new Refused("mode '%s' is none of simulated, local, virtual and cloud".formatted(text));
  }

  private static ComputeBackend simulated(Settings settings, Database database) {
    var simulation = settings.simulation();
    var claims = settings.claims();
    var timeline = new Timeline(Instant.EPOCH);
    var jobs =
        new SimulatedBackend(
            timeline,
            new SeededScenario(simulation.seed(), simulation.median(), simulation.failurePercent()),
            new JdbcWorkerProtocol(database.jdbi(), database.dialect()),
            // Leases run in real time, whatever the jobs do.
            new ClaimSettings(
                claims.renew().multipliedBy(simulation.speed()),
                claims.stop().multipliedBy(simulation.speed()),
                claims.lease().multipliedBy(simulation.speed())),
            new SimulatedBackend.Terms(
                UUID.randomUUID().toString().replace("-", ""),
                Duration.ZERO,
                SIMULATED_SUBMISSIONS));
    return new PacedBackend(jobs, timeline, simulation.speed(), System::nanoTime).started();
  }

  /**
   * What is found of all that a mode needs beside the database.
   *
   * @param jobQueues that the configuration names
   */
  static List<Finding> examine(Settings settings, Set<String> jobQueues) {
    return switch (settings.mode()) {
      case CLOUD -> examineCloud(settings, jobQueues);
      case LOCAL, VIRTUAL -> List.of(DatasetsCheck.finding(settings.datasetsRoot(), false));
      // Its jobs make nothing.
      case SIMULATED -> List.of();
    };
  }

  private static List<Finding> examineCloud(Settings settings, Set<String> jobQueues) {
    var batch = settings.batch();
    var others =
        jobQueues.stream()
            .filter(queue -> !queue.equals(batch.queue()))
            .collect(Collectors.toMap(queue -> queue, batch::platform));
    var queues = new CloudExamination.Queues(batch.platform(), others);
    try (var examination =
        CloudExamination.open(
            settings.environment(), cloudOptions(settings), queues, settings.datasetsRoot())) {
      return examination.findings();
    } catch (BackendUnavailable e) {
      return List.of(
          Finding.bad(
              "AWS",
              String.valueOf(e.getMessage()),
              "set AWS_REGION, or a profile with a region in AWS_PROFILE"));
    }
  }

  private static CloudOptions cloudOptions(Settings settings) {
    var batch = settings.batch();
    return new CloudOptions(
        batch.queue(),
        batch.definition(),
        batch.submitRate(),
        batch.eventsQueue(),
        batch.account(),
        batch.settleTime());
  }

  private static ComputeBackend cloud(Settings settings) {
    try {
      return CloudBackend.open(cloudOptions(settings));
    } catch (WrongAccount | BackendUnavailable e) {
      throw new Refused(String.valueOf(e.getMessage()), e);
    }
  }
}
