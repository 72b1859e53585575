package dev.core.orchestrator.engine.loop;

import dev.core.common.json.Json;
import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.WorkOrder;
import dev.core.emulator.batch.Containers.Exit;
import dev.core.emulator.batch.ScriptedContainers.Scripted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Emulated members of arrays that do what corebot does in a Postgres database, hundreds at a time:
 * claim, then do as the script says. Counts what took effect.
 */
final class ScriptedPartitions implements Consumer<Scripted>, AutoCloseable {

  /** What becomes of a partition. */
  enum End {
    SUCCEEDS,
    FAILS,
    /** Without an outcome. */
    DIES,
    /** Until it is ended. */
    WAITS
  }

  /** What becomes of a partition in an attempt. */
  interface Script {
    End of(WorkOrder order, int partition);
  }

  private static final int AT_ONCE = 500;

  private final Script script;
  private final LinkedBlockingQueue<Scripted> started = new LinkedBlockingQueue<>();
  private final AtomicReference<@Nullable Jdbi> database = new AtomicReference<>();

  /** How often each partition of each attempt took effect. */
  private final Map<String, Integer> effects = new TreeMap<>();

  private final Thread thread =
      Thread.ofPlatform().daemon().name("scripted partitions").unstarted(this::run);

  ScriptedPartitions(Script script) {
    this.script = script;
  }

  void over(Jdbi jdbi) {
    database.set(jdbi);
    thread.start();
  }

  /** By {@code <task>#<attempt>#<partition>}. */
  synchronized Map<String, Integer> effects() {
    return new TreeMap<>(effects);
  }

  @Override
  public void accept(Scripted job) {
    started.add(job);
  }

  private void run() {
    try {
      while (true) {
        var jobs = new ArrayList<Scripted>(List.of(started.take()));
        int _ = started.drainTo(jobs, AT_ONCE - 1);
        perform(jobs);
      }
    } catch (InterruptedException e) {
      // Only close() interrupts.
      Thread.currentThread().interrupt();
    }
  }

  private void perform(List<Scripted> jobs) {
    List<@Nullable String> orders = claimed(jobs);
    var ended = new ArrayList<Scripted>();
    var outcomes = new ArrayList<Outcome>();
    for (int i = 0; i < jobs.size(); i++) {
      Scripted job = jobs.get(i);
      String text = orders.get(i);
      if (text == null) {
        job.end(Exit.of(20));
        continue;
      }
      var order = Json.read(text, WorkOrder.class);
      int partition = order.partition(index(job));
      synchronized (this) {
        effects.merge(order.taskKey() + "#" + order.attempt() + "#" + partition, 1, Integer::sum);
      }
      switch (script.of(order, partition)) {
        case SUCCEEDS -> {
          ended.add(job);
          outcomes.add(Outcome.success(null, List.of()));
        }
        case FAILS -> {
          ended.add(job);
          outcomes.add(Outcome.failure(FailureClass.USER, "partition " + partition + " is bad"));
        }
        case DIES -> job.end(Exit.of(137));
        case WAITS -> {
          var _ = job.stopped().thenRun(() -> job.end(Exit.of(143)));
        }
      }
    }
    finish(ended, outcomes);
    for (int i = 0; i < ended.size(); i++) {
      ended.get(i).end(Exit.of(outcomes.get(i).succeeded() ? 0 : 10));
    }
  }

  private List<@Nullable String> claimed(List<Scripted> jobs) {
    return jdbi()
        .withHandle(handle ->
            handle
                .createQuery(
                    """
                    select execution.claim(c.token, c.index, c.job, 'by ' || c.job)
                    from unnest(:tokens, :indexes, :jobs) with ordinality
                      as c (token, index, job, place)
                    order by c.place
                    """)
                .bindArray("tokens", String.class, texts(jobs, ScriptedPartitions::token))
                .bindArray("indexes", Integer.class, indexes(jobs))
                .bindArray("jobs", String.class, texts(jobs, job -> job.start().jobId()))
                .map((row, _) -> row.getString(1))
                .list());
  }

  private void finish(List<Scripted> jobs, List<Outcome> outcomes) {
    if (!jobs.isEmpty()) {
      var _ =
          jdbi()
              .withHandle(handle ->
                  handle
                      .createQuery(
                          """
                          select execution.finish(c.token, c.index, 'by ' || c.job, c.outcome)
                          from unnest(:tokens, :indexes, :jobs, :outcomes)
                            as c (token, index, job, outcome)
                          """)
                      .bindArray("tokens", String.class, texts(jobs, ScriptedPartitions::token))
                      .bindArray("indexes", Integer.class, indexes(jobs))
                      .bindArray("jobs", String.class, texts(jobs, job -> job.start().jobId()))
                      .bindArray(
                          "outcomes", String.class, outcomes.stream().map(Json::write).toList())
                      .mapTo(Boolean.class)
                      .list());
    }
  }

  private Jdbi jdbi() {
    var jdbi = database.get();
    if (jdbi == null) {
      throw new IllegalStateException("no database to claim in");
    }
    return jdbi;
  }

  private static List<String> texts(
      List<Scripted> jobs, java.util.function.Function<Scripted, String> text) {
    return jobs.stream().map(text).toList();
  }

  private static List<Integer> indexes(List<Scripted> jobs) {
    return IntStream.range(0, jobs.size()).mapToObj(i -> index(jobs.get(i))).toList();
  }

  private static String token(Scripted job) {
    return option(job, "--token", "");
  }

  private static int index(Scripted job) {
    Integer inArray = job.start().arrayIndex();
    return Integer.parseInt(option(job, "--partition", "0")) + (inArray == null ? 0 : inArray);
  }

  private static String option(Scripted job, String name, String otherwise) {
    List<String> words = job.start().command();
    int found = words.indexOf(name);
    return found < 0 ? otherwise : words.get(found + 1);
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
