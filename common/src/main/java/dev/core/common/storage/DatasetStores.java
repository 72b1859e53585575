package dev.core.common.storage;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The stores that a process works with, one for each root, opened when first asked for.
 * Thread-safe.
 */
public final class DatasetStores implements AutoCloseable {

  private final Map<String, DatasetStore> byRoot = new ConcurrentHashMap<>();

  /**
   * @param root a folder or {@code s3://bucket/prefix}
   * @throws IllegalArgumentException if it is neither
   */
  public DatasetStore of(String root) {
    return byRoot.computeIfAbsent(root, DatasetStore::of);
  }

  @Override
  public void close() {
    byRoot.values().forEach(DatasetStore::close);
    byRoot.clear();
  }
}
