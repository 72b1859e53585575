package dev.core.orchestrator.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.database.Database;
import dev.core.common.database.Dialect;
import dev.core.common.json.Json;
import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.WorkOrder;
import dev.core.common.protocol.WorkerProtocol;
import dev.core.common.protocol.jdbc.JdbcWorkerProtocol;
import dev.core.migrations.testing.TestDatabase;
import dev.core.orchestrator.engine.Attempt;
import dev.core.orchestrator.engine.Event;
import dev.core.orchestrator.engine.Example;
import dev.core.orchestrator.engine.Run;
import dev.core.orchestrator.engine.RunMachine;
import dev.core.orchestrator.engine.Story;
import dev.core.orchestrator.engine.Task;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** A run whose every event is journalled at once, and the workers of its attempts. */
final class JournalledRun implements AutoCloseable {

  private static final Duration LEASE = Duration.ofSeconds(60);

  private final TestDatabase testDatabase;
  private final Database database;
  private final JournalSession session;
  private final Handle handle;
  private final Journal journal;
  private final RunMachine machine = new RunMachine(Example.POLICY);
  private final NextIds ids;
  private Instant now = Example.START;
  private Run run = Example.of(1).queued(0);

  JournalledRun(TestDatabase testDatabase) {
    this.testDatabase = testDatabase;
    this.database = Database.over(testDatabase.dataSource(), Dialect.of(testDatabase.url()));
    this.session = JournalSession.open(database, LEASE);
    this.handle = session.handle();
    long epoch = handle.inTransaction(tx -> Leadership.acquire(tx, "me", LEASE)).orElseThrow();
    this.journal = new Journal(handle, epoch, LEASE);
    this.ids = NextIds.read(handle);
  }

  Run run() {
    return run;
  }

  Instant now() {
    return now;
  }

  void pass(int seconds) {
    now = now.plusSeconds(seconds);
  }

  void take(Run queued) throws SQLException {
    run = queued;
    require(journal.write(entry(null, queued, List.of(), Map.of(), List.of())));
  }

  /** Journals what follows from it, if anything does. */
  void hear(Event event) throws SQLException {
    require(write(event));
  }

  @SuppressWarnings("ReferenceEquality") // the machine gives back the same run for stale events
  Journal.Result write(Event event) throws SQLException {
    now = now.plusSeconds(1);
    Run next = machine.apply(run, event, now);
    if (next == run) {
      return new Journal.Written();
    }
    mirrorClaims(next);
    var orders =
        event instanceof Event.Intended intended
            ? Map.of(intended.attemptId(), new JournalEntry.Sealed("test", order(intended)))
            : Map.<Long, JournalEntry.Sealed>of();
    var result = journal.write(entry(run, next, events(event), orders, List.of()));
    if (result instanceof Journal.Written) {
      run = next;
    }
    return result;
  }

  private List<JournalEntry.Recorded> events(Event event) {
    return event.recorded()
        ? List.of(new JournalEntry.Recorded(ids.event(), run.id(), event, now))
        : List.of();
  }

  /** In a made-up history no worker writes: its claims are as the leader heard that they are. */
  private void mirrorClaims(Run next) {
    next.tasks()
        .forEach(task -> {
          for (Attempt attempt : task.live()) {
            Attempt.Hold hold = attempt.hold();
            if (hold != null) {
              handle.execute(
                  """
                  update execution.claims
                  set claimant = ?, job_id = ?, claimed_at = ?, renewed_at = ?, progress = ?
                  where attempt_id = ? and (claimant is null or renewed_at < ?)
                  """,
                  hold.claimant(),
                  hold.jobId(),
                  hold.claimedAt().atOffset(ZoneOffset.UTC),
                  hold.renewedAt().atOffset(ZoneOffset.UTC),
                  hold.progress(),
                  attempt.id(),
                  hold.renewedAt().atOffset(ZoneOffset.UTC));
            }
          }
        });
  }

  void intend(int task) throws SQLException {
    hear(Story.intent(run, task));
  }

  String token() {
    return run.tasks().get(1).live().getFirst().token();
  }

  WorkerProtocol worker() {
    return new JdbcWorkerProtocol(database.jdbi(), database.dialect());
  }

  boolean claims(String jobId) {
    return worker().claim(token(), 0, jobId, "claimant") != null;
  }

  List<WorkerNews> news() {
    return new LatestNews(handle).read().ofWorkers();
  }

  void hearWorkers() throws SQLException {
    hear(news());
  }

  void hear(List<WorkerNews> all) throws SQLException {
    Run before = run;
    Run next = run;
    var events = new ArrayList<JournalEntry.Recorded>();
    var seen = new ArrayList<JournalEntry.SeenNews>();
    now = now.plusSeconds(1);
    for (WorkerNews news : all) {
      for (Event event : events(news)) {
        next = machine.apply(next, event, now);
      }
      seen.add(new JournalEntry.SeenNews(news.attemptId(), news.partition(), news.version()));
    }
    require(journal.write(entry(before, next, events, Map.of(), seen)));
    run = next;
  }

  private static List<Event> events(WorkerNews news) {
    var events = new ArrayList<Event>();
    var claimant = news.claimant();
    var jobId = news.jobId();
    var claimedAt = news.claimedAt();
    var renewedAt = news.renewedAt();
    if (claimant != null && jobId != null && claimedAt != null && renewedAt != null) {
      events.add(new Event.Claimed(news.task(), news.attempt(), claimant, jobId, claimedAt));
      events.add(new Event.Renewed(news.task(), news.attempt(), renewedAt, news.progress()));
    }
    if (news.outcome() != null) {
      events.add(
          new Event.Finished(
              news.task(), news.attempt(), Json.read(news.outcome(), Outcome.class)));
    }
    return events;
  }

  private void prune() {
    run = run.pruned(IntStream.range(0, run.tasks().size()).boxed().toList());
  }

  Run loaded() {
    return new RunLoader(handle).run(run.id()).orElseThrow();
  }

  List<Run> active() {
    return new RunLoader(handle).active();
  }

  void requireLoadedAsWritten(String where) {
    prune();
    Run loaded = loaded();
    assertThat(loaded.header()).as(where).isEqualTo(run.header());
    assertThat(loaded.plan()).as(where).isEqualTo(run.plan());
    assertThat(loaded.status()).as(where).isEqualTo(run.status());
    assertThat(loaded.startedAt()).as(where).isEqualTo(run.startedAt());
    assertThat(loaded.endedAt()).as(where).isEqualTo(run.endedAt());
    assertThat(loaded.frontier()).as(where).isEqualTo(run.frontier());
    assertThat(String.join("\n", texts(loaded))).as(where).isEqualTo(String.join("\n", texts(run)));
  }

  private static List<String> texts(Run run) {
    var texts = new ArrayList<String>();
    run.tasks().forEach(task -> texts.add(text(task)));
    return texts;
  }

  /** All but what is not stored: whether the backend was asked. */
  private static String text(Task task) {
    return task.toString().replaceAll("asked=(NOT_YET|NO_ANSWER|ANSWERED)", "asked");
  }

  Journal.Result quarantine() {
    return journal.quarantine(run.id(), "it cannot be written");
  }

  void forgetNews() {
    handle.execute("update execution.claims set has_news = false");
  }

  void release() throws SQLException {
    require(
        journal.write(
            new JournalEntry(
                now,
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(run.id()))));
  }

  void anotherLeads() {
    execute("update execution.leadership set expires_at = execution.clock()");
    Optional<Long> epoch = handle.inTransaction(tx -> Leadership.acquire(tx, "another", LEASE));
    assertThat(epoch).isPresent();
  }

  void execute(String statement) {
    handle.execute(statement);
  }

  int number(String query) {
    return handle.createQuery(query).mapTo(Integer.class).one();
  }

  String text(String query) {
    return handle.createQuery(query).mapTo(String.class).one();
  }

  private JournalEntry entry(
      @Nullable Run before,
      Run after,
      List<JournalEntry.Recorded> events,
      Map<Long, JournalEntry.Sealed> orders,
      List<JournalEntry.SeenNews> news) {
    return new JournalEntry(
        now,
        List.of(new JournalEntry.Change(before, after)),
        events,
        orders,
        List.of(),
        news,
        List.of(),
        List.of());
  }

  private WorkOrder order(Event.Intended intended) {
    var header = run.header();
    var node = run.plan().transformation(intended.task());
    return new WorkOrder(
        run.id(),
        header.pipeline(),
        header.client(),
        header.brand(),
        "main",
        node.key(),
        intended.attempt(),
        node.state(),
        node.definition().template(),
        Map.of(),
        Map.of(),
        header.logicalDate(),
        Map.of(),
        Map.of(),
        "/nowhere",
        1,
        node.definition().resources(),
        null);
  }

  private static void require(Journal.Result result) {
    if (!(result instanceof Journal.Written)) {
      throw new AssertionError(result);
    }
  }

  @Override
  public void close() throws SQLException {
    session.close();
    database.close();
    testDatabase.close();
  }
}
