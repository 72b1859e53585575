package dev.core.orchestrator.store;

import dev.core.common.json.Json;
import dev.core.common.protocol.WorkOrder;
import dev.core.orchestrator.engine.Origin;
import dev.core.orchestrator.engine.Run;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The attempts that did the work of a run's succeeded tasks, its own and those it took over. */
final class FinishedWork {

  /**
   * @param datasets how many it committed that are still there
   */
  record Piece(Origin.TakenOver by, WorkOrder order, int datasets) {}

  private final Map<Origin.TakenOver, Piece> pieces = new HashMap<>();
  private final Map<Integer, Origin.TakenOver> own = new HashMap<>();
  private final Run run;

  private FinishedWork(Run run) {
    this.run = run;
  }

  static FinishedWork of(Handle handle, Run run) {
    var work = new FinishedWork(run);
    var runs = run.takenOver().stream().map(Origin.TakenOver::runId).collect(Collectors.toSet());
    runs.add(run.id());
    handle
        .createQuery(
            """
            select a.run_id, a.task_index, a.number, a.work_order,
              (select count(*) from execution.datasets d
                where d.run_id = a.run_id and d.task_index = a.task_index
                  and d.attempt_number = a.number) as datasets
            from execution.attempts a
            where a.run_id in (<runs>) and a.status = 'SUCCEEDED'
            order by a.run_id, a.task_index, a.number
            """)
        .bindList("runs", runs.stream().sorted().toList())
        .map((row, _) ->
            new Piece(
                new Origin.TakenOver(
                    row.getLong("run_id"), row.getInt("task_index"), row.getInt("number")),
                Json.read(row.getString("work_order"), WorkOrder.class),
                row.getInt("datasets")))
        .forEach(work::add);
    return work;
  }

  private void add(Piece piece) {
    pieces.put(piece.by(), piece);
    if (piece.by().runId() == run.id()) {
      own.put(piece.by().task(), piece.by());
    }
  }

  /** Empty if no attempt did it: somebody said that it is done. */
  Optional<Piece> of(int task) {
    Origin.TakenOver by =
        switch (run.tasks().get(task).origin()) {
          case Origin.TakenOver origin -> origin;
          case Origin.Marked _ -> null;
          case null -> own.get(task);
        };
    return by == null ? Optional.empty() : Optional.ofNullable(pieces.get(by));
  }
}
