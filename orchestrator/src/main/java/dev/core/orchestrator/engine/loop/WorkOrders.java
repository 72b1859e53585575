package dev.core.orchestrator.engine.loop;

import com.fasterxml.jackson.databind.JsonNode;
import dev.core.common.protocol.Outcome.WrittenFile;
import dev.core.common.protocol.Partitions;
import dev.core.common.protocol.WorkOrder;
import dev.core.common.storage.DatasetPath;
import dev.core.common.variables.Checked;
import dev.core.common.variables.DatasetReference;
import dev.core.common.variables.PartitionCount;
import dev.core.common.variables.ResolutionContext;
import dev.core.common.variables.VariableResolution;
import dev.core.orchestrator.dag.Dag;
import dev.core.orchestrator.engine.Run;
import dev.core.orchestrator.store.InputDatasets;
import dev.core.orchestrator.store.JournalEntry;
import dev.core.orchestrator.store.PartitionOutcomes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Makes the work order of an attempt: variables resolved, inputs chosen, places of outputs named.
 * What it says is what the worker does; nothing is looked up later.
 */
final class WorkOrders {

  private final String branch;
  private final String datasetsRoot;
  private final boolean pretended;

  /**
   * @param pretended whether nothing is done with the orders: then what upstream tasks would have
   *     left, and did not, is left out
   */
  WorkOrders(String branch, String datasetsRoot, boolean pretended) {
    this.branch = branch;
    this.datasetsRoot = datasetsRoot;
    this.pretended = pretended;
  }

  /** A work order, or why there can be none. */
  sealed interface Result {}

  record Made(WorkOrder order) implements Result {}

  record Impossible(String message) implements Result {}

  /**
   * @param draft datasets that it commits are found, though no query sees them yet
   */
  Result make(Handle handle, Draft draft, Run run, int task, int attempt, Split split) {
    return switch (split) {
      case Split.Whole _ -> make(handle, draft, run, task, attempt);
      case Split.Unknown(var message) -> new Impossible(message);
      case Split.Parts(int of, var chosen) ->
          switch (make(handle, draft, run, task, attempt)) {
            case Impossible impossible -> impossible;
            case Made(var order) -> new Made(of(handle, run, task, order, of, chosen));
          };
    };
  }

  /**
   * For some partitions alone only as long as they would do as the others did: with the same
   * variables, and with the same inputs, of which the newest then is the newest still. Otherwise
   * all of them run again.
   */
  private WorkOrder of(
      Handle handle, Run run, int task, WorkOrder order, int of, Partitions chosen) {
    var done = run.tasks().get(task).done();
    if (chosen.size() == of || done == null || done.byAttempt().isEmpty()) {
      return order.splitIn(of, null, order.inputs());
    }
    int last = done.byAttempt().lastKey();
    return PartitionOutcomes.order(handle, run.id(), task, last)
        .filter(earlier -> earlier.variables().equals(variables(run, task, last)))
        .filter(earlier -> sameOfThisRun(run, earlier, order))
        .map(earlier -> order.splitIn(of, chosen, earlier.inputs()))
        .orElseGet(() -> order.splitIn(of, null, order.inputs()));
  }

  private Map<String, WorkOrder.Variable> variables(Run run, int task, int attempt) {
    Dag.Transformation node = run.plan().transformation(task);
    return VariableResolution.of(node.definition().variables(), context(run, node, attempt))
            instanceof VariableResolution.Resolved resolved
        ? resolved.variables()
        : Map.of();
  }

  /** What this run itself has written since then is meant, and not what it wrote before. */
  private static boolean sameOfThisRun(Run run, WorkOrder earlier, WorkOrder now) {
    String ofRun = "/run_id=" + run.id() + "/";
    return earlier.inputs().keySet().equals(now.inputs().keySet())
        && now.inputs().entrySet().stream()
            .filter(each -> each.getValue().path().contains(ofRun))
            .allMatch(each -> each.getValue().equals(earlier.inputs().get(each.getKey())));
  }

  private Result make(Handle handle, Draft draft, Run run, int task, int attempt) {
    Dag.Transformation node = run.plan().transformation(task);
    var resolution =
        VariableResolution.of(node.definition().variables(), context(run, node, attempt));
    return switch (resolution) {
      // Its variables were validated before the run; here they lack the results of upstream tasks.
      case VariableResolution.Unresolved _ when pretended ->
          make(
              handle,
              draft,
              run,
              node,
              attempt,
              new VariableResolution.Resolved(Map.of(), List.of(), List.of()));
      case VariableResolution.Unresolved(var problems) ->
          new Impossible(problems.stream().map(Object::toString).collect(Collectors.joining("; ")));
      case VariableResolution.Resolved resolved ->
          make(handle, draft, run, node, attempt, resolved);
    };
  }

  /** Whether the task is split, and which of its partitions have not succeeded yet. */
  Split split(Run run, int task) {
    Dag.Transformation node = run.plan().transformation(task);
    String text = node.definition().partitions();
    if (text == null) {
      return new Split.Whole();
    }
    var count = PartitionCount.of(text, context(run, node, run.tasks().get(task).attempts() + 1));
    return switch (count) {
      // What is only pretended returns nothing that could be counted.
      case Checked.Invalid<Integer> _ when pretended -> new Split.Whole();
      case Checked.Invalid<Integer>(var problems) -> new Split.Unknown(String.join("; ", problems));
      case Checked.Valid<Integer>(Integer of) -> of == 1 ? new Split.Whole() : parts(run, task, of);
    };
  }

  private static Split parts(Run run, int task, int of) {
    var done = run.tasks().get(task).done();
    boolean others = done != null && done.of() == of && done.count() < of;
    return new Split.Parts(of, others && done != null ? done.left() : Partitions.all(of));
  }

  private ResolutionContext context(Run run, Dag.Transformation node, int attempt) {
    var header = run.header();
    return new ResolutionContext(
        header.logicalDate(),
        run.plan().definition().zone(),
        run.id(),
        header.client(),
        header.brand(),
        branch,
        header.pipeline(),
        node.state(),
        attempt,
        header.parameters(),
        key -> result(run, key));
  }

  private static Optional<JsonNode> result(Run run, String key) {
    Integer index = run.plan().indexes().get(key);
    return index == null ? Optional.empty() : Optional.ofNullable(run.tasks().get(index).result());
  }

  private Result make(
      Handle handle,
      Draft draft,
      Run run,
      Dag.Transformation node,
      int attempt,
      VariableResolution.Resolved resolved) {
    var inputs = new TreeMap<String, WorkOrder.Input>();
    var problems = new ArrayList<String>();
    for (var input : resolved.inputs()) {
      find(handle, draft, run, input.reference())
          .ifPresentOrElse(
              found -> inputs.put(input.alias(), input(input, found)),
              () -> problems.add(missing(input)));
    }
    if (!problems.isEmpty() && !pretended) {
      return new Impossible(String.join("; ", problems));
    }
    var header = run.header();
    return new Made(
        new WorkOrder(
            run.id(),
            header.pipeline(),
            header.client(),
            header.brand(),
            branch,
            node.key(),
            attempt,
            node.state(),
            node.definition().template(),
            resolved.variables(),
            header.parameters(),
            header.logicalDate(),
            inputs,
            outputs(run, node, attempt, resolved),
            datasetsRoot,
            1,
            node.definition().resources(),
            null));
  }

  private Map<String, WorkOrder.Output> outputs(
      Run run, Dag.Transformation node, int attempt, VariableResolution.Resolved resolved) {
    var outputs = new TreeMap<String, WorkOrder.Output>();
    for (var output : resolved.outputs()) {
      String path =
          new DatasetPath(
                  branch,
                  run.header().client(),
                  run.header().brand(),
                  node.state(),
                  output.dataset())
              .attempt(run.id(), attempt);
      outputs.put(output.variable(), new WorkOrder.Output(output.dataset(), node.state(), path));
    }
    return outputs;
  }

  private static WorkOrder.Input input(
      VariableResolution.DatasetInput input, InputDatasets.Found found) {
    return new WorkOrder.Input(
        found.id(),
        input.reference().name(),
        input.variable(),
        found.root(),
        found.path(),
        found.format(),
        found.files());
  }

  private static String missing(VariableResolution.DatasetInput input) {
    return "variable '%s': no dataset %s has been committed%s"
        .formatted(
            input.variable(),
            input.reference().name(),
            input.reference().choice() == DatasetReference.Choice.RUN ? " by this run" : "");
  }

  private Optional<InputDatasets.Found> find(
      Handle handle, Draft draft, Run run, DatasetReference reference) {
    Optional<InputDatasets.Found> fresh =
        draft.datasets().reversed().stream()
            .filter(committed -> means(committed, reference))
            .filter(committed -> committed.run().id() == run.id())
            .findFirst()
            .map(WorkOrders::found);
    return fresh.isPresent()
        ? fresh
        : InputDatasets.find(handle, branch, reference, run.id(), run.takenOver());
  }

  private static boolean means(JournalEntry.Committed committed, DatasetReference reference) {
    var header = committed.run().header();
    return header.client().equals(reference.client())
        && header.brand().equals(reference.brand())
        && committed.dataset().state().equals(reference.state())
        && committed.dataset().dataset().equals(reference.dataset());
  }

  private static InputDatasets.Found found(JournalEntry.Committed committed) {
    var dataset = committed.dataset();
    List<String> files = dataset.files().stream().map(WrittenFile::path).toList();
    return new InputDatasets.Found(
        committed.id(),
        committed.run().id(),
        dataset.root(),
        dataset.path(),
        dataset.format(),
        files);
  }
}
