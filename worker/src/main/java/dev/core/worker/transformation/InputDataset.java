package dev.core.worker.transformation;

import java.nio.file.Path;
import java.util.List;

/**
 * A committed dataset that an attempt reads. Read only: its files belong to the attempt that wrote
 * them.
 *
 * @param alias by which the transformation knows it
 * @param name {@code <client>/<brand>/<state>/<dataset>}
 * @param variable which variable named it
 * @param format {@code parquet}, {@code csv}, {@code json} or {@code files}
 * @param folder on this machine
 * @param files on this machine, all of them and no others, sorted
 */
public record InputDataset(
    String alias, String name, String variable, String format, Path folder, List<Path> files) {
  public InputDataset {
    files = List.copyOf(files);
  }
}
