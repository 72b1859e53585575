package dev.core.orchestrator.store;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A dataset of two runs.
 *
 * @param name {@code <client>/<brand>/<state>/<dataset>}
 * @param a null: that run has none of this name
 */
public record DatasetComparison(String name, @Nullable Size a, @Nullable Size b) {

  /**
   * How much it is.
   *
   * @param rows null: they were not counted
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Size(long datasetId, @Nullable Long rows, int files, long bytes) {
    static Size of(DatasetSummary dataset) {
      return new Size(dataset.datasetId(), dataset.rows(), dataset.files().size(), dataset.bytes());
    }
  }

  /** Whether both are the very same: one run took it over from the other. */
  @JsonProperty
  public boolean same() {
    return a != null && b != null && a.datasetId() == b.datasetId();
  }

  static List<DatasetComparison> between(List<DatasetSummary> a, List<DatasetSummary> b) {
    var inA = new TreeMap<String, Size>();
    a.forEach(dataset -> inA.put(dataset.name(), Size.of(dataset)));
    var inB = new TreeMap<String, Size>();
    b.forEach(dataset -> inB.put(dataset.name(), Size.of(dataset)));
    var names = new TreeMap<String, Size>(inA);
    names.putAll(inB);
    var compared = new ArrayList<DatasetComparison>();
    for (String name : names.keySet()) {
      compared.add(new DatasetComparison(name, inA.get(name), inB.get(name)));
    }
    return compared;
  }
}
