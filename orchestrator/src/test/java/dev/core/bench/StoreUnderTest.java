package dev.core.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.core.bench.Report.StoreFigure;
import dev.core.common.configuration.validation.ConfigurationValidation;
import dev.core.common.configuration.validation.Problem;
import dev.core.common.database.Database;
import dev.core.common.definition.SizeRule;
import dev.core.common.settings.Settings;
import dev.core.orchestrator.Orchestrator;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/**
 * A store of thousands of active pipelines: what an idle leader costs, and how soon an edit is in a
 * run.
 */
final class StoreUnderTest {

  static final int PIPELINES = 5_000;

  private static final String ONE = "bench_many_1";

  /** The median counts: what the compiler still does in the background comes in bursts. */
  private static final int IDLE_LOOKS = 5;

  private static final long IDLE_MILLIS = 2_000;
  private static final int EDITS = 9;

  private final DurableDatabase durable;

  private StoreUnderTest(DurableDatabase durable) {
    this.durable = durable;
  }

  static StoreFigure measure(DurableDatabase durable) throws InterruptedException {
    Bench.say("%s: %,d active pipelines in the store …".formatted(durable.title(), PIPELINES));
    durable.jdbi().useTransaction(StoreUnderTest::install);
    return new StoreUnderTest(durable).figure();
  }

  private StoreFigure figure() throws InterruptedException {
    var counted = new Counted(durable.dataSource());
    var database = Database.over(counted.dataSource(), durable.dialect());
    var backend = EngineUnderTest.bulk(database, durable.dialect());
    try (var _ =
        Orchestrator.start(
            Settings.load(durable.settings(), Path.of("")),
            database,
            backend,
            (handle, pipeline, parameters) ->
                ConfigurationValidation.errorsOfPipeline(handle, pipeline, parameters, SizeRule.ANY)
                    .stream()
                    .map(Problem::toString)
                    .toList(),
            "bench-many")) {
      var asked = new AskedRuns(durable);
      // Its schedules are read, its code is warm.
      double _ = asked.toTheEnd(ONE);
      Thread.sleep(IDLE_MILLIS);
      var before = counted.counts();
      var shares = new double[IDLE_LOOKS];
      for (int look = 0; look < IDLE_LOOKS; look++) {
        long processor = processorNanos();
        long begun = System.nanoTime();
        Thread.sleep(IDLE_MILLIS);
        shares[look] = (double) (processorNanos() - processor) / (System.nanoTime() - begun);
      }
      Arrays.sort(shares);
      var idle = counted.counts().minus(before);
      var edits =
          IntStream.range(0, EDITS).mapToDouble(edit -> editMillis(asked, edit)).sorted().toArray();
      return new StoreFigure(
          PIPELINES,
          100 * shares[IDLE_LOOKS / 2],
          idle.statements() * 1000.0 / (IDLE_LOOKS * IDLE_MILLIS),
          edits[EDITS / 2]);
    }
  }

  /** From the commit of an edit until a run with it has started. */
  private double editMillis(AskedRuns asked, int edit) {
    String command = "echo " + edit;
    durable
        .jdbi()
        .useHandle(handle ->
            handle.execute(
                """
                update configuration.transformation_variables set text_value = ?
                where transformation_id in (
                  select t.id from configuration.transformations t
                  join configuration.pipeline_states s on s.id = t.pipeline_state_id
                  join configuration.pipelines p on p.id = s.pipeline_id
                  where p.name = ?)
                """,
                command,
                ONE));
    long edited = System.nanoTime();
    try {
      long run = asked.start(ONE);
      long started = System.nanoTime();
      double _ = asked.awaitEnd(run);
      requireEdit(run, command);
      return (started - edited) / 1e6;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void requireEdit(long run, String command) {
    int found =
        durable
            .jdbi()
            .withHandle(handle ->
                handle
                    .createQuery(
                        """
                        select count(*) from execution.attempts
                        where run_id = :run and work_order like :order
                        """)
                    .bind("run", run)
                    .bind("order", "%\"" + command + "\"%")
                    .mapTo(Integer.class)
                    .one());
    if (found == 0) {
      throw new IllegalStateException("run " + run + " has not the edit '" + command + "'");
    }
  }

  private static long processorNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  /** Each with two transformations, and a schedule that does not fire meanwhile. */
  private static void install(Handle handle) {
    handle.execute(
        """
        insert into configuration.pipelines
          (name, brand_id, pipeline_type_id, run_frequency, is_active)
        select concat('bench_many_', cast(n as varchar)), b.id, t.id, 'yearly', true
        from generate_series(1, cast(? as integer)) as g (n)
        cross join configuration.brands b cross join configuration.pipeline_types t
        """,
        PIPELINES);
    handle.execute(
        """
        insert into configuration.pipeline_states (pipeline_id, pipeline_state_type_id, graph_order)
        select p.id, y.id, 10 from configuration.pipelines p
        join configuration.pipeline_state_types y on y.name = 'raw'
        where p.name like 'bench_many_%'
        """);
    handle.execute(
        """
        insert into configuration.transformations
          (pipeline_state_id, transformation_template_id, graph_order)
        select s.id, t.id, n from configuration.pipeline_states s
        join configuration.pipelines p on p.id = s.pipeline_id
        cross join configuration.transformation_templates t
        cross join generate_series(1, 2) as g (n)
        where p.name like 'bench_many_%'
        """);
    handle.execute(
        """
        insert into configuration.transformation_variables (transformation_id, name, text_value)
        select t.id, 'command', 'true' from configuration.transformations t
        join configuration.pipeline_states s on s.id = t.pipeline_state_id
        join configuration.pipelines p on p.id = s.pipeline_id
        where p.name like 'bench_many_%'
        """);
  }
}
