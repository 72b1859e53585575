package dev.core.orchestrator.cli;

import dev.core.common.database.Database;
import dev.core.common.settings.Mode;
import dev.core.common.settings.Settings;
import dev.core.orchestrator.compute.ComputeBackend;
import dev.core.orchestrator.compute.Finding;
import dev.core.orchestrator.compute.cloud.publish.Publisher;
import dev.core.orchestrator.compute.cloud.publish.Tidying;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Lends nothing; tests override what their command may ask for. */
class EngineUnderTest implements Engine {

  @Override
  public Running start(Settings settings, Database database) {
    throw new AssertionError("this command needs no leader of its own");
  }

  @Override
  public void requireMode(Settings settings) {
    if (settings.mode() == Mode.VIRTUAL) {
      throw new Refused("CORE_MODE is 'virtual'");
    }
  }

  @Override
  public ComputeBackend backend(String mode, Settings settings, Database database) {
    throw new AssertionError("this command needs no backend");
  }

  @Override
  public String transformations(Settings settings) {
    throw new AssertionError("this command needs no worker");
  }

  @Override
  public List<Finding> examine(Settings settings, Set<String> jobQueues) {
    return List.of();
  }

  @Override
  public Publisher publisher(Settings settings, Path clone, Consumer<String> lines) {
    throw new AssertionError("this command publishes nothing");
  }

  @Override
  public Tidying tidying(Settings settings, Path clone) {
    throw new AssertionError("this command tidies nothing");
  }
}
