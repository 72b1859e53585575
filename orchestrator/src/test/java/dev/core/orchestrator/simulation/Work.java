package dev.core.orchestrator.simulation;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.Outcome.WrittenDataset;
import dev.core.common.protocol.Outcome.WrittenFile;
import dev.core.common.protocol.WorkOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a transformation does this time.
 *
 * @param failure null: it succeeds
 */
record Work(long micros, @Nullable FailureClass failure) {

  /** Every output that the order names is written; what it returns tells the attempt. */
  Outcome outcome(WorkOrder order, int index) {
    if (failure != null) {
      return Outcome.failure(failure, "it broke");
    }
    List<WrittenDataset> written =
        order.outputs().values().stream()
            .map(output ->
                new WrittenDataset(
                    order.state(),
                    output.dataset(),
                    order.datasetsRoot(),
                    output.path(),
                    "csv",
                    List.of(new WrittenFile(file(order, index), 10, 1L)),
                    1L))
            .toList();
    return Outcome.success(new IntNode(order.attempt()), written);
  }

  private static String file(WorkOrder order, int index) {
    return order.partitions() == 1 ? "part.csv" : "part-" + order.partition(index) + ".csv";
  }
}
