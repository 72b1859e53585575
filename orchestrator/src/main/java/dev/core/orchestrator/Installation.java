package dev.core.orchestrator;

import dev.core.common.database.Database;
import dev.core.common.protocol.LocalHost;
import dev.core.common.settings.Settings;
import dev.core.orchestrator.cli.Engine;
import dev.core.orchestrator.cli.Refused;
import dev.core.orchestrator.compute.ComputeBackend;
import dev.core.orchestrator.compute.Finding;
import dev.core.orchestrator.compute.cloud.publish.PublishOptions;
import dev.core.orchestrator.compute.cloud.publish.Publisher;
import dev.core.orchestrator.compute.cloud.publish.Tidying;
import dev.core.orchestrator.engine.loop.ConfigurationCheck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What this installation can do beyond the command line itself: lead, run jobs, ask its workers.
 */
final class Installation implements Engine {

  @Override
  public Running start(Settings settings, Database database) {
    return Orchestrator.start(
        settings,
        database,
        backend(settings.mode().text(), settings, database),
        new ConfigurationCheck(settings.sizes()),
        "%s/%d/%s".formatted(LocalHost.name(), ProcessHandle.current().pid(), UUID.randomUUID()));
  }

  @Override
  public void requireMode(Settings settings) {
    Backends.require(settings.mode());
  }

  @Override
  public ComputeBackend backend(String mode, Settings settings, Database database) {
    return Backends.of(mode, settings, database);
  }

  @Override
  public List<Finding> examine(Settings settings, Set<String> jobQueues) {
    return Backends.examine(settings, jobQueues);
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

  @Override
  public Publisher publisher(Settings settings, Path clone, Consumer<String> lines) {
    return Publisher.open(PublishOptions.of(settings, clone), lines);
  }

  @Override
  public Tidying tidying(Settings settings, Path clone) {
    return Tidying.open(PublishOptions.of(settings, clone));
  }
}
