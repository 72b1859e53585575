package dev.core.worker.attempt;

import dev.core.common.storage.DatasetStores;
import dev.core.worker.transformation.ChildPrograms;
import dev.core.worker.transformation.SecretSource;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.slf4j.Logger;

/**
 * What an attempt gets from the process it runs in.
 *
 * @param workingDirectory where relative paths of the outside world start
 * @param scratchRoot below which scratch folders are made
 * @param stores of datasets, of this process
 * @param progress gets each word of progress; must be quick
 */
public record Surroundings(
    Path workingDirectory,
    Path scratchRoot,
    Consumer<String> progress,
    SecretSource secrets,
    DatasetStores stores,
    ChildPrograms children,
    Logger logger) {}
