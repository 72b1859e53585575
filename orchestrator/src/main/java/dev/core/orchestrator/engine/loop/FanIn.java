package dev.core.orchestrator.engine.loop;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.Outcome.Failure;
import dev.core.common.protocol.Outcome.WrittenDataset;
import dev.core.common.protocol.Partitions;
import dev.core.orchestrator.engine.Attempt;
import dev.core.orchestrator.engine.FanOut;
import dev.core.orchestrator.engine.PartitionStates;
import dev.core.orchestrator.engine.Run;
import dev.core.orchestrator.engine.Task;
import dev.core.orchestrator.store.PartitionOutcomes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Makes one outcome of those of all partitions, when each of them has ended. */
final class FanIn {

  /**
   * The class of a failed attempt is the first of these that any of its partitions failed with:
   * what would fail the same way again comes first, what is nobody's fault last.
   */
  private static final List<FailureClass> GRAVEST_FIRST =
      List.of(
          FailureClass.CONFIGURATION,
          FailureClass.USER,
          FailureClass.OUT_OF_MEMORY,
          FailureClass.TIMEOUT,
          FailureClass.INFRASTRUCTURE);

  private static final int NAMED = 5;

  private FanIn() {}

  /**
   * Every one of an attempt's partitions has ended.
   *
   * @throws IllegalStateException if that is not so
   */
  static Outcome outcome(Handle handle, Run run, Task task, Attempt attempt, FanOut fan) {
    if (!fan.complete()) {
      throw new IllegalStateException("partitions of attempt " + attempt.id() + " have not ended");
    }
    int succeeded = fan.states().count(PartitionStates.Status.SUCCEEDED);
    return succeeded == fan.size()
        ? success(handle, run, task, attempt, fan)
        : new Outcome(failure(handle, attempt, fan), null, List.of());
  }

  private static Failure failure(Handle handle, Attempt attempt, FanOut fan) {
    PartitionStates states = fan.states();
    Map<FailureClass, Integer> counts = new EnumMap<>(FailureClass.class);
    Partitions failed = states.where(index -> states.failure(index) != null);
    failed.forEach(index -> {
      FailureClass why = Objects.requireNonNull(states.failure(index));
      counts.merge(why, 1, Integer::sum);
    });
    FailureClass gravest =
        GRAVEST_FIRST.stream().filter(counts::containsKey).findFirst().orElseThrow();
    int example = states.where(index -> states.failure(index) == gravest).get(0);
    String classes =
        counts.size() == 1
            ? ""
            : counts.entrySet().stream()
                .sorted(Comparator.comparing(each -> GRAVEST_FIRST.indexOf(each.getKey())))
                .map(each -> "%,d %s".formatted(each.getValue(), each.getKey()))
                .collect(Collectors.joining(", ", " (", ")"));
    return new Failure(
        gravest,
        "%,d of %,d partitions failed%s: %s; partition %d: %s"
            .formatted(
                failed.size(),
                fan.of(),
                classes,
                named(fan, failed),
                fan.partitions().get(example),
                message(handle, attempt, fan, example)));
  }

  private static String named(FanOut fan, Partitions failed) {
    var names = new ArrayList<String>();
    for (int i = 0; i < Math.min(NAMED, failed.size()); i++) {
      names.add(String.valueOf(fan.partitions().get(failed.get(i))));
    }
    String some = String.join(", ", names);
    return failed.size() > NAMED ? some + " and %,d others".formatted(failed.size() - NAMED) : some;
  }

  /** What was lost in this step is not in the rows yet. */
  private static String message(Handle handle, Attempt attempt, FanOut fan, int index) {
    return fan.losses().stream()
        .filter(loss -> loss.indexes().indexOf(index) >= 0)
        .findFirst()
        .map(loss -> Optional.of(loss.failure()))
        .orElseGet(() -> PartitionOutcomes.failure(handle, attempt.id(), index))
        .map(Failure::message)
        .orElse("it has no outcome");
  }

  private static Outcome success(Handle handle, Run run, Task task, Attempt attempt, FanOut fan) {
    Map<Integer, Partitions> counts = new TreeMap<>();
    if (task.done() != null) {
      counts.putAll(task.done().byAttempt());
    }
    // Each numbers its claims by the partitions that it ran, of which the others did not count.
    Map<Integer, Partitions> ran = new TreeMap<>();
    counts.keySet().forEach(number -> ran.put(number, ran(handle, run, task, number, fan.of())));
    counts.put(attempt.number(), fan.partitions());
    ran.put(attempt.number(), fan.partitions());
    var merged = new DatasetMerge();
    var results = new ResultSum(fan.of());
    PartitionOutcomes.read(
        handle,
        run.id(),
        task.index(),
        counts.keySet(),
        (number, index, outcome) -> {
          int partition = Objects.requireNonNull(ran.get(number)).get(index);
          if (outcome.succeeded()
              && Objects.requireNonNull(counts.get(number)).indexOf(partition) >= 0) {
            outcome.datasets().forEach(merged::add);
            results.add(outcome.result());
          }
        });
    Optional<String> problem = merged.problem();
    if (problem.isPresent()) {
      return Outcome.failure(FailureClass.CONFIGURATION, problem.get());
    }
    List<WrittenDataset> datasets = merged.made();
    return Outcome.success(results.made(JsonNodeFactory.instance), datasets);
  }

  private static Partitions ran(Handle handle, Run run, Task task, int number, int of) {
    return PartitionOutcomes.order(handle, run.id(), task.index(), number)
        .flatMap(order -> Optional.ofNullable(order.chosen()))
        .orElse(Partitions.all(of));
  }
}
