package dev.core.common.configuration.yaml;

import dev.core.common.definition.Datatype;
import dev.core.common.definition.PipelineDefinition.OverlapPolicy;
import dev.core.common.definition.ResourceLimits;
import dev.core.common.variables.Names;
import dev.core.common.variables.Nearest;
import dev.core.common.variables.PartitionCount;
import dev.core.common.variables.Quoted;
import dev.core.common.variables.Storable;
import dev.core.common.variables.VariableStructure;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the store's constraints would refuse, found before it is asked. */
final class Limits {

  private static final Map<String, Range> RANGES =
      Map.of(
          "overlap_limit", new Range(1, null),
          "parallel_task_limit", new Range(1, null),
          "priority", new Range(-1000, 1000),
          "slots", new Range(0, null));

  private static final int LONGEST_VALUE = VariableStructure.LONGEST_TEXT;

  private static final Map<String, Integer> LENGTHS =
      Map.of(
          "image",
          500,
          "job_queue",
          200,
          "partitions",
          PartitionCount.LONGEST_TEXT,
          "run_frequency",
          120,
          "time_zone",
          64,
          "value",
          LONGEST_VALUE);

  private record Range(int least, @Nullable Integer most) {
    boolean holds(BigDecimal number) {
      return number.compareTo(BigDecimal.valueOf(least)) >= 0
          && (most == null || number.compareTo(BigDecimal.valueOf(most)) <= 0);
    }

    @Override
    public String toString() {
      return most == null ? "at least " + least : "from " + least + " to " + most;
    }
  }

  private Limits() {}

  static Optional<String> problem(Table table, String column, String value) {
    var unstorable = Storable.problem(value);
    if (unstorable.isPresent()) {
      return unstorable;
    }
    if (column.equals("name")) {
      return Names.problem(value);
    }
    if (column.equals("overlap_policy")) {
      return oneOf(value, Arrays.stream(OverlapPolicy.values()).map(Enum::name).toList());
    }
    if (table == Table.PARAMETERS && column.equals("datatype")) {
      return oneOf(
          value,
          Arrays.stream(Datatype.values())
              .filter(datatype -> datatype != Datatype.SECRET && datatype != Datatype.DATASET)
              .map(Datatype::text)
              .toList());
    }
    if (column.equals("vcpus")) {
      return new BigDecimal(value).signum() > 0
          ? Optional.empty()
          : Optional.of(value + " must be more than 0");
    }
    if (ResourceLimits.NAMES.contains(column)) {
      return ResourceLimits.problem(column, Long.parseLong(value));
    }
    var range = RANGES.get(column);
    if (range != null && !range.holds(new BigDecimal(value))) {
      return Optional.of(value + " must be " + range);
    }
    var length = LENGTHS.get(column);
    if (length != null && value.length() > length) {
      return Optional.of(
          "is %,d characters long; at most %,d are allowed".formatted(value.length(), length));
    }
    return Optional.empty();
  }

  private static Optional<String> oneOf(String value, List<String> allowed) {
    return allowed.contains(value)
        ? Optional.empty()
        : Optional.of(
            Quoted.text(value)
                + " is unknown"
                + Nearest.hint(value, allowed)
                + "; allowed: "
                + String.join(", ", allowed));
  }
}
