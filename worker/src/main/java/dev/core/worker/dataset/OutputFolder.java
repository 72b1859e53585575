package dev.core.worker.dataset;

import dev.core.common.protocol.Outcome.WrittenDataset;
import dev.core.common.protocol.Outcome.WrittenFile;
import dev.core.common.protocol.WorkOrder;
import dev.core.common.storage.DatasetRoot;
import dev.core.common.storage.DatasetStore;
import dev.core.common.storage.DatasetStores;
import dev.core.common.storage.s3.S3Location;
import dev.core.worker.transformation.ConfigurationFault;
import dev.core.worker.transformation.OutputDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one output. Each partition writes into a folder of its own below the attempt's, so
 * that the files of all of them make up the dataset.
 */
public final class OutputFolder implements OutputDataset {

  private final String variable;
  private final WorkOrder.Output output;
  private final DatasetStore store;
  private final Path dataset;
  private final Path folder;
  private @Nullable String format;
  private List<WrittenFile> files = List.of();

  /** What is in its place without having been in the folder. */
  private final List<WrittenFile> taken = new ArrayList<>();

  private OutputFolder(
      String variable, WorkOrder.Output output, DatasetStore store, Path dataset, Path folder) {
    this.variable = variable;
    this.output = output;
    this.store = store;
    this.dataset = dataset;
    this.folder = folder;
  }

  /**
   * Makes it, empty: what a lost process of the same attempt may have left there goes.
   *
   * @param root that the dataset is kept below
   * @param staging a folder for files that are not written in their place
   */
  public static OutputFolder make(
      String variable,
      WorkOrder.Output output,
      DatasetStores stores,
      String root,
      Path staging,
      int partition,
      int partitions)
      throws IOException {
    var store = DatasetFolders.store(stores, root);
    Path dataset;
    try {
      dataset = store.draft(output.path(), staging);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationFault(String.valueOf(e.getMessage()), e);
    }
    var folder = partitions == 1 ? dataset : dataset.resolve("part-%05d".formatted(partition));
    DatasetFolders.delete(folder);
    Files.createDirectories(folder);
    return new OutputFolder(variable, output, store, dataset.toRealPath(), folder.toRealPath());
  }

  @Override
  public String variable() {
    return variable;
  }

  @Override
  public String dataset() {
    return output.dataset();
  }

  @Override
  public Path folder() {
    return folder;
  }

  @Override
  public long take(String source, String name) throws IOException {
    var file = DatasetRoot.below(folder, name);
    var path = dataset.relativize(file).toString().replace('\\', '/');
    var placed = store.take(S3Location.parse(source), dataset, output.path(), path);
    if (placed.isEmpty()) {
      return Files.size(file);
    }
    taken.add(new WrittenFile(path, placed.getAsLong(), null));
    return placed.getAsLong();
  }

  @Override
  public void written(String format, Map<Path, Long> rows) throws IOException {
    var rowsOf = new HashMap<Path, Long>();
    rows.forEach((file, count) -> rowsOf.put(folder.resolve(file).normalize(), count));
    var listed = new ArrayList<WrittenFile>();
    try (var tree = Files.walk(folder)) {
      for (var file : (Iterable<Path>) tree.sorted()::iterator) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          var path = dataset.relativize(file).toString().replace('\\', '/');
          listed.add(new WrittenFile(path, Files.size(file), rowsOf.get(file)));
        }
      }
    }
    // The journal must never list what a power failure can still take away.
    store.keep(dataset, output.path(), listed.stream().map(WrittenFile::path).toList());
    listed.addAll(taken);
    listed.sort(Comparator.comparing(WrittenFile::path));
    this.format = format;
    this.files = List.copyOf(listed);
  }

  /** What was written, if it was said to be complete. */
  public Optional<WrittenDataset> dataset(WorkOrder order) {
    if (format == null) {
      return Optional.empty();
    }
    var state = output.state() == null ? order.state() : output.state();
    return Optional.of(
        new WrittenDataset(
            state, output.dataset(), order.datasetsRoot(), output.path(), format, files, rows()));
  }

  private @Nullable Long rows() {
    long sum = 0;
    for (var file : files) {
      if (file.rows() == null) {
        return null;
      }
      sum += file.rows();
    }
    return sum;
  }
}
