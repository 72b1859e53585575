package dev.core.worker.run;

import dev.core.common.secrets.SecretProblem;
import dev.core.common.secrets.Secrets;
import dev.core.common.settings.Settings;
import dev.core.common.storage.DatasetStores;
import dev.core.worker.process.ChildProcesses;
import dev.core.worker.transformation.ChildPrograms;
import dev.core.worker.transformation.ConfigurationFault;
import dev.core.worker.transformation.SecretSource;
import dev.core.worker.transformation.Transformations;
import dev.core.worker.transformation.Transformations.TransformationsProblem;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.UUID;

/** What the commands of this process work with, put together once from its settings. */
public final class Workshop {

  private final Settings settings;
  private final ChildProcesses children;

  public Workshop(Settings settings) {
    this.settings = settings;
    this.children =
        new ChildProcesses(
            UUID.randomUUID().toString(), settings.home().resolve("scratch").resolve("output"));
  }

  public Settings settings() {
    return settings;
  }

  /**
   * What this worker can run: the built-in ones, and those in the folder that the settings name.
   */
  public Transformations transformations() {
    return Transformations.load(settings.transformationsDirectory().orElse(null));
  }

  /**
   * Work on attempts. Transformations that cannot be loaded fail the attempts that need them, with
   * the reason, rather than the worker without a word.
   */
  public AttemptWork work() {
    Transformations transformations;
    try {
      transformations = transformations();
    } catch (TransformationsProblem e) {
      return (order, partition, progress) -> {
        throw new ConfigurationFault(String.valueOf(e.getMessage()), e);
      };
    }
    return new TransformationWork(
        transformations,
        settings.directory(),
        scratchRoot(),
        secrets(),
        new DatasetStores(),
        children);
  }

  public ChildProcesses children() {
    return children;
  }

  public ChildPrograms childPrograms() {
    return children;
  }

  public Path scratchRoot() {
    return settings.home().resolve("scratch");
  }

  private SecretSource secrets() {
    var secrets = Secrets.of(settings);
    return name -> {
      try {
        return secrets.value(name).reveal();
      } catch (SecretProblem | IllegalArgumentException | UncheckedIOException e) {
        throw new ConfigurationFault(String.valueOf(e.getMessage()), e);
      }
    };
  }
}
