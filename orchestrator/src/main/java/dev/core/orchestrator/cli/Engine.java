package dev.core.orchestrator.cli;

import dev.core.common.database.Database;
import dev.core.common.settings.Settings;
import dev.core.orchestrator.compute.ComputeBackend;
import dev.core.orchestrator.compute.Finding;
import dev.core.orchestrator.compute.cloud.publish.Publisher;
import dev.core.orchestrator.compute.cloud.publish.PublishingRefused;
import dev.core.orchestrator.compute.cloud.publish.Tidying;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What the composition root lends to commands, which cannot reach it themselves. */
public interface Engine {

  /**
   * Stands by, and leads as soon as nobody else does, until it is closed. Closing hands leadership
   * over and lets running jobs go on.
   */
  Running start(Settings settings, Database database);

  /** An engine that stands by or leads. */
  interface Running extends AutoCloseable {

    /** Whether it leads now; may be out of date as soon as it is said. */
    boolean leads();

    @Override
    void close();
  }

  /**
   * To be asked before anything is asked of a leader that this process would have to be.
   *
   * @throws Refused if this program cannot run jobs in the mode of the settings
   */
  void requireMode(Settings settings);

  /**
   * The backend of a mode, for its logs; to be closed by the caller.
   *
   * @throws Refused if this program has none of that mode
   */
  ComputeBackend backend(String mode, Settings settings, Database database);

  /**
   * What is found of all that the mode of the settings needs beside the database.
   *
   * @param jobQueues that the configuration names
   */
  List<Finding> examine(Settings settings, Set<String> jobQueues);

  /**
   * What the workers of this installation can run, as {@code corebot list --json} prints it.
   *
   * @throws Refused if they cannot be asked
   */
  String transformations(Settings settings) throws InterruptedException;

  /**
   * Publishes the image of a clone.
   *
   * @param lines takes what docker says
   */
  Publisher publisher(Settings settings, Path clone, Consumer<String> lines);

  /**
   * Removes what a branch published.
   *
   * @throws PublishingRefused if this installation is no branch's
   */
  Tidying tidying(Settings settings, Path clone);
}
