package dev.core.worker.run;

import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.WorkOrder;
import dev.core.common.storage.DatasetStores;
import dev.core.worker.attempt.AttemptContext;
import dev.core.worker.attempt.Surroundings;
import dev.core.worker.transformation.ChildPrograms;
import dev.core.worker.transformation.ConfigurationFault;
import dev.core.worker.transformation.SecretSource;
import dev.core.worker.transformation.TransformationDescription;
import dev.core.worker.transformation.Transformations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the transformation that a work order names.
 *
 * @param workingDirectory where relative paths of the outside world start
 * @param scratchRoot below which scratch folders are made
 */
public record TransformationWork(
    Transformations transformations,
    Path workingDirectory,
    Path scratchRoot,
    SecretSource secrets,
    DatasetStores stores,
    ChildPrograms children)
    implements AttemptWork {

  @Override
  public Outcome perform(WorkOrder order, int index, Consumer<String> progress) throws Exception {
    var transformation =
        transformations.find(order.template()).orElseThrow(() -> unknown(order.template()));
    var logger = LoggerFactory.getLogger(AttemptLogs.LOGGER + "." + order.template());
    var surroundings =
        new Surroundings(
            workingDirectory, scratchRoot, progress, secrets, stores, children, logger);
    var context =
        new AttemptContext(
            order, transformation.description(), partition(order, index), surroundings);
    try {
      transformation.run(context);
      return context.success();
    } finally {
      close(context, logger);
    }
  }

  private static int partition(WorkOrder order, int index) {
    try {
      return order.partition(index);
    } catch (IndexOutOfBoundsException e) {
      throw new ConfigurationFault("the attempt has no partition of index " + index, e);
    }
  }

  private ConfigurationFault unknown(String template) {
    return new ConfigurationFault(
        "this worker has no transformation '%s'; it has: %s"
            .formatted(
                template,
                transformations.descriptions().stream()
                    .map(TransformationDescription::name)
                    .collect(Collectors.joining(", "))));
  }

  /** A scratch folder that cannot be removed is a nuisance, not a failure of the work. */
  private static void close(AttemptContext context, Logger logger) {
    try {
      context.close();
    } catch (IOException e) {
      logger.warn("cannot remove the scratch folder", e);
    }
  }
}
