package dev.core.orchestrator.simulation;

import dev.core.orchestrator.engine.RetryPolicy;
import dev.core.orchestrator.simulation.jvm.MigratedStore;
import dev.core.orchestrator.simulation.jvm.RowTrigger;
import dev.core.orchestrator.simulation.jvm.VirtualClock;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One seed: some minutes in which everything goes wrong, and then a quiet time in which everything
 * has to come right. The same seed and script give the same steps.
 */
final class Simulation {

  static final RetryPolicy POLICY =
      new RetryPolicy(8, Duration.ofSeconds(5), Duration.ofSeconds(120), Duration.ofSeconds(60));

  private static final long SECOND = 1_000_000;

  /** In the quiet time everything has ended after this long. */
  private static final long QUIET_AT_MOST = 6 * 3_600 * SECOND;

  private static final Instant[] STARTS = {
    Instant.parse("2026-11-22T06:00:00Z"),
    Instant.parse("2026-03-29T00:50:00Z"),
    Instant.parse("2026-10-25T00:50:00Z"),
    Instant.parse("2027-12-31T23:50:00Z")
  };

  private final MigratedStore store = MigratedStore.ofThread();
  private final Chance chance;
  private final Faults faults;
  private final Timeline time;
  private final Trace trace;
  private final Tally tally = new Tally();
  private final Scenario scenario;
  private final Cluster cluster;
  private final Laws laws;
  private final DatabaseServer server;
  private final WhyLaw why;
  private final Map<String, OrchestratorLife> orchestrators = new TreeMap<>();
  private final Map<String, Long> skews = new TreeMap<>();
  private int births;
  private @Nullable UserLife user;
  private @Nullable Edits edits;

  /**
   * @param script null: faults strike by rate
   * @param out where the trace goes, if anybody wants it
   */
  Simulation(long seed, @Nullable List<Fault> script, @Nullable PrintWriter out) {
    this.chance = new Chance(seed);
    this.faults = new Faults(chance, script);
    this.time = new Timeline(STARTS[chance.between(0, STARTS.length - 1, "start")]);
    this.trace = new Trace(out, time::instant);
    this.scenario = new Scenario(chance, faults);
    this.cluster = new Cluster(this);
    this.laws = new Laws(this);
    this.server = new DatabaseServer(store, time, faults, trace, laws);
    this.why = new WhyLaw(this);
  }

  Chance chance() {
    return chance;
  }

  Faults faults() {
    return faults;
  }

  Timeline time() {
    return time;
  }

  Trace trace() {
    return trace;
  }

  Tally tally() {
    return tally;
  }

  Scenario scenario() {
    return scenario;
  }

  Cluster cluster() {
    return cluster;
  }

  Laws laws() {
    return laws;
  }

  DatabaseServer server() {
    return server;
  }

  /** Runs it to its end. */
  Result run() {
    VirtualClock.follow(time);
    Violation violation = null;
    try {
      begin();
      chaos();
      quiet();
      new EndLaws(this).check();
    } catch (Violation e) {
      violation = e;
      trace.line("law", e::getMessage);
    } finally {
      RowTrigger.tell(null);
      server.close();
      VirtualClock.leave();
    }
    tally.faults(faults.struck());
    tally.count("steps", time.steps());
    tally.count("virtual seconds", time.micros() / SECOND);
    tally.count("runs", laws.rows().runs().size());
    tally.count("attempts", laws.rows().attempts().size());
    tally.count("jobs", cluster.jobs().size());
    return new Result(violation, List.copyOf(faults.struck()), tally);
  }

  private void begin() {
    store.reset();
    var kept = store.take();
    try {
      scenario.write(kept);
    } catch (SQLException e) {
      throw new IllegalStateException("the scenario cannot be written", e);
    } finally {
      store.give(kept);
    }
    RowTrigger.tell(server);
    int number = chance.between(1, 3, "orchestrators");
    for (int i = 0; i < number; i++) {
      bear();
    }
    edits = new Edits(store, scenario, chance, trace, time);
    user = new UserLife(this, edits);
    why.watch();
    weather();
  }

  private void bear() {
    String name = "o" + ++births;
    orchestrators.put(name, new OrchestratorLife(this, name));
  }

  void orchestratorDied(OrchestratorLife dead) {
    server.forget(dead);
    time.after(chance.micros(100, 60_000, "rebirth"), this::bear);
  }

  /** The database's, from time to time. */
  private void weather() {
    if (faults.strikes(FaultKind.DATABASE_AWAY, "database")) {
      server.awayFor(chance.micros(50, 40_000, "away"));
    }
    time.after(chance.micros(1_000, 30_000, "weather"), this::weather);
  }

  private void chaos() {
    time.pass(chance.micros(300_000, 900_000, "chaos"));
  }

  private void quiet() {
    trace.line("simulation", () -> "no fault from here on");
    faults.end();
    long begun = time.micros();
    time.pass(110 * SECOND);
    laws.news().startAnew();
    watchFor(220 * SECOND);
    Objects.requireNonNull(edits).endSchedules();
    Objects.requireNonNull(user).resumeAll();
    watchFor(10 * SECOND);
    while (!settled()) {
      watchFor(5 * SECOND);
      if (time.micros() - begun > QUIET_AT_MOST) {
        throw new Violation(
            Law.RUNS_END, "after " + QUIET_AT_MOST / SECOND + " quiet seconds: " + left());
      }
    }
    // What the end of a run leaves behind is gone soon after it.
    time.pass(120 * SECOND);
  }

  private void watchFor(long micros) {
    long until = time.micros() + micros;
    while (time.micros() < until) {
      time.pass(5 * SECOND);
      laws.news().check(laws.rows());
      laws.schedules().checkProgress();
      laws.strays().check();
    }
  }

  private boolean settled() {
    return !isBusy()
        && laws.rows().commands().stream().noneMatch(command -> command.is("status", "PENDING"))
        && cluster.jobs().stream().noneMatch(SimulatedJob::live)
        && laws.rows().liveJobs() == 0;
  }

  /** Whether there is a run that has not ended. */
  boolean isBusy() {
    for (Row run : laws.rows().runs()) {
      if (run.is("status", "QUEUED", "RUNNING", "CANCELLING")) {
        return true;
      }
    }
    return false;
  }

  private String left() {
    var left = new ArrayList<String>();
    for (Row run : laws.rows().runs()) {
      if (run.is("status", "QUEUED", "RUNNING", "CANCELLING")) {
        left.add(run.toString());
        for (Row task : laws.rows().tasks(run.number("id"))) {
          if (!task.is("status", TaskLaws.TERMINAL)) {
            left.add(task.toString());
          }
        }
      }
    }
    cluster.jobs().stream().filter(SimulatedJob::live).forEach(job -> left.add("job " + job.id()));
    return String.join("\n  ", left);
  }

  /** An orchestrator that is or was. */
  @Nullable OrchestratorLife orchestrator(String name) {
    return orchestrators.get(name);
  }

  /** Somebody has written something that the leader waits for. */
  void notice(String by) {
    if (!faults.strikes(FaultKind.NOTICE_LOST, by)) {
      orchestrators.values().forEach(each -> each.wake(chance.micros(0, 40, "notice")));
    }
  }

  /** A moment as told by a clock that is wrong by minutes. */
  Instant skewed(String whose, long micros) {
    long skew =
        skews.computeIfAbsent(whose, name -> (long) chance.between(-600, 600, "skew of " + name));
    return time.instant().minusNanos((time.micros() - micros) * 1_000).plusSeconds(skew);
  }
}
