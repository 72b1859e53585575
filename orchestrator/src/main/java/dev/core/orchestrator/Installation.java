package dev.core.orchestrator;

import dev.core.common.configuration.validation.ConfigurationValidation;
import dev.core.common.configuration.validation.Problem;
import dev.core.common.database.Database;
import dev.core.common.protocol.LocalHost;
import dev.core.common.protocol.jdbc.JdbcWorkerProtocol;
import dev.core.common.settings.ClaimSettings;
import dev.core.common.settings.Mode;
import dev.core.common.settings.Settings;
import dev.core.orchestrator.cli.Engine;
import dev.core.orchestrator.cli.Refused;
import dev.core.orchestrator.compute.ComputeBackend;
import dev.core.orchestrator.compute.local.LocalBackend;
import dev.core.orchestrator.compute.simulated.PacedBackend;
import dev.core.orchestrator.compute.simulated.SeededScenario;
import dev.core.orchestrator.compute.simulated.SimulatedBackend;
import dev.core.orchestrator.compute.simulated.Timeline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * What this installation can do beyond the command line itself: lead, run jobs, ask its workers.
 */
final class Installation implements Engine {

  private static final int SIMULATED_SUBMISSIONS = 500;

  @Override
  public AutoCloseable start(Settings settings, Database database) {
    return Orchestrator.start(
        settings,
        database,
        backend(settings.mode().text(), settings, database),
        Installation::problems,
        "%s/%d/%s".formatted(LocalHost.name(), ProcessHandle.current().pid(), UUID.randomUUID()));
  }

  @Override
  public ComputeBackend backend(String mode, Settings settings, Database database) {
    if (mode.equals(Mode.LOCAL.text())) {
      return LocalBackend.of(settings, database);
    }
    if (mode.equals(Mode.SIMULATED.text())) {
      return simulated(settings, database);
    }
    throw new Refused(
        "CORE_MODE is '%s'; this version runs jobs in modes local and simulated only"
            .formatted(mode));
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

  /** What is wrong with a pipeline, before a run of it is sealed. */
  private static List<String> problems(
      Handle handle, String pipeline, Map<String, String> parameters) {
    return ConfigurationValidation.validatePipeline(handle, pipeline, parameters).stream()
        .filter(Problem::isError)
        .map(Problem::toString)
        .toList();
  }

  /** Asks the worker of this class path: no code of it is ever loaded here. */
  @Override
  public String transformations(Settings settings) throws InterruptedException {
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.core.worker.Corebot",
            "list",
            "--json");
    try {
      var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
      builder.environment().putAll(settings.forChildProcess());
      var process = builder.start();
      var answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new Refused("corebot list failed with exit code " + process.exitValue());
      }
      return answer;
    } catch (IOException e) {
      throw new Refused("corebot cannot be started: " + e.getMessage(), e);
    }
  }
}
