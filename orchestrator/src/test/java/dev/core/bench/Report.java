package dev.core.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that was measured in one go, as it is written to JSON. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Report(Machine machine, @Nullable DagFigure dag, List<OnDatabase> databases) {

  /**
   * @param forcedWrites of 4 KiB a second, one after the other
   * @param starts of {@code /bin/sh -c true} a second by one JVM, one after the other
   * @param startsOfEight the same by eight threads at once
   */
  record Machine(
      String java,
      String system,
      int processors,
      double forcedWrites,
      double starts,
      double startsOfEight) {}

  /** What was measured on one database, with the machine's limits at that time. */
  record OnDatabase(
      String database,
      MachineLimits limits,
      List<EngineFigure> engine,
      List<WideFigure> wide,
      @Nullable StoreFigure store,
      List<LocalFigure> local) {}

  /**
   * A large DAG.
   *
   * @param buildMillis from the definition
   * @param sealMillis its canonical JSON and the digest of that
   */
  record DagFigure(int transformations, double buildMillis, double sealMillis) {}

  /**
   * One wide run, with outcomes in bulk.
   *
   * @param barrierMillis from the end of the last task of the wide wave to the submission behind it
   * @param bytesPerTask of heap, when all tasks of the wide wave are submitted and none has ended;
   *     null: not taken
   */
  record WideFigure(
      String shape,
      int tasks,
      double millisPerTask,
      double barrierMillis,
      @Nullable Double bytesPerTask) {}

  /**
   * Many pipelines in the store.
   *
   * @param idlePercent of one processor, of the process of an idle leader
   * @param idleStatements that it sends a second
   * @param editMillis from the commit of an edit until a run that has it is started
   */
  record StoreFigure(int pipelines, double idlePercent, double idleStatements, double editMillis) {}

  /**
   * The engine with jobs that take no time.
   *
   * @param workers how many workers claim and finish at once; 0: outcomes are written in bulk
   * @param seconds from the run's start to its end, as the journal has it
   * @param gap from an outcome's commit to the next submission; of a chain only
   * @param leader what the engine asked of the database, for each task
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record EngineFigure(
      String shape,
      int tasks,
      int workers,
      double seconds,
      double tasksPerSecond,
      @Nullable Percentiles gap,
      PerTask leader,
      @Nullable PerTask worker) {}

  /** Statements (a batch is one) and transactions. */
  record PerTask(double statements, double transactions) {
    static PerTask of(Counted.Counts counts, int tasks) {
      return new PerTask(
          (double) counts.statements() / tasks, (double) counts.transactions() / tasks);
    }
  }

  /**
   * Local mode: a resident worker runs {@code true} in a shell.
   *
   * @param millisPerTask of the run's time from start to end
   */
  record LocalFigure(String shape, int tasks, int slots, double seconds, double millisPerTask) {}
}
