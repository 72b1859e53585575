package dev.core.orchestrator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.core.common.protocol.Outcome;
import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import dev.core.orchestrator.engine.Event;
import dev.core.orchestrator.engine.Example;
import dev.core.orchestrator.engine.RandomHistory;
import dev.core.orchestrator.engine.Run;
import dev.core.orchestrator.engine.RunStatus;
import dev.core.orchestrator.engine.TaskStatus;
import java.util.List;
import java.util.Random;

class JournalTest {

  @BothDatabases
  void whatIsWrittenIsWhatIsLoaded(TestDatabase testDatabase) throws Exception {
    try (var journalled = new JournalledRun(testDatabase)) {
      for (long seed = 1; seed <= 12; seed++) {
        var random = new Random(seed);
        var history = new RandomHistory(random);
        journalled.take(Example.of(2, 3, 1).queued(seed, "manual", journalled.now()));
        for (int fact = 0; fact < 120; fact++) {
          journalled.pass(random.nextInt(60));
          journalled.hear(history.next(journalled.run(), journalled.now(), true));
          if (fact % 20 == 19) {
            journalled.requireLoadedAsWritten("seed " + seed + ", fact " + fact);
          }
        }
      }
    }
  }

  @BothDatabases
  void whoeverWasOvertakenAsLeaderWritesNothing(TestDatabase testDatabase) throws Exception {
    try (var journalled = new JournalledRun(testDatabase)) {
      journalled.take(Example.of(1).queued(1));
      journalled.anotherLeads();

      assertThat(journalled.write(new Event.Admitted())).isInstanceOf(Journal.Fenced.class);
      assertThat(journalled.quarantine()).isInstanceOf(Journal.Fenced.class);

      assertThat(journalled.loaded().status()).isEqualTo(RunStatus.QUEUED);
      assertThat(journalled.number("select count(*) from execution.events")).isZero();
      assertThat(
              journalled.number(
                  "select count(*) from execution.runs where quarantined_at is not null"))
          .isZero();
    }
  }

  @BothDatabases
  void aClaimThatWasTakenMeanwhileIsNotClosed(TestDatabase testDatabase) throws Exception {
    try (var journalled = new JournalledRun(testDatabase)) {
      submitted(journalled);
      assertThat(journalled.claims("job-1-1")).isTrue();

      requireOvertaken(journalled);
      assertThat(journalled.worker().finish(journalled.token(), 0, "claimant", SUCCESS)).isTrue();
    }
  }

  @BothDatabases
  void aClaimThatWasRenewedMeanwhileIsNotClosed(TestDatabase testDatabase) throws Exception {
    try (var journalled = new JournalledRun(testDatabase)) {
      submitted(journalled);
      assertThat(journalled.claims("job-1-1")).isTrue();
      journalled.hearWorkers();
      assertThat(journalled.worker().renew(journalled.token(), 0, "claimant", null)).isTrue();

      requireOvertaken(journalled);
    }
  }

  @BothDatabases
  void aClaimThatWasFinishedMeanwhileIsNotClosed(TestDatabase testDatabase) throws Exception {
    try (var journalled = new JournalledRun(testDatabase)) {
      submitted(journalled);
      assertThat(journalled.claims("job-1-1")).isTrue();
      journalled.hearWorkers();
      assertThat(journalled.worker().finish(journalled.token(), 0, "claimant", SUCCESS)).isTrue();

      requireOvertaken(journalled);
      journalled.hearWorkers();

      assertThat(journalled.run().status()).isEqualTo(RunStatus.SUCCEEDED);
      journalled.requireLoadedAsWritten("finished");
    }
  }

  @BothDatabases
  void aClaimThatIsAsItWasKnownIsClosedForGood(TestDatabase testDatabase) throws Exception {
    try (var journalled = new JournalledRun(testDatabase)) {
      submitted(journalled);
      assertThat(journalled.claims("job-1-1")).isTrue();
      journalled.hearWorkers();

      assertThat(journalled.write(CANCEL)).isInstanceOf(Journal.Written.class);

      assertThat(journalled.worker().renew(journalled.token(), 0, "claimant", null)).isFalse();
      assertThat(journalled.worker().finish(journalled.token(), 0, "claimant", SUCCESS)).isFalse();
      assertThat(journalled.claims("another")).isFalse();
      journalled.requireLoadedAsWritten("closed");
    }
  }

  @BothDatabases
  void anUnclaimedAttemptIsClosedBeforeAnybodyCanClaimIt(TestDatabase testDatabase)
      throws Exception {
    try (var journalled = new JournalledRun(testDatabase)) {
      submitted(journalled);

      assertThat(journalled.write(CANCEL)).isInstanceOf(Journal.Written.class);

      assertThat(journalled.claims("job-1-1")).isFalse();
    }
  }

  @BothDatabases
  void newsThatCameWhileOlderWasDealtWithStaysNews(TestDatabase testDatabase) throws Exception {
    try (var journalled = new JournalledRun(testDatabase)) {
      submitted(journalled);
      assertThat(journalled.claims("job-1-1")).isTrue();
      var older = journalled.news();
      assertThat(journalled.worker().renew(journalled.token(), 0, "claimant", "half")).isTrue();

      journalled.hear(older);
      assertThat(journalled.news()).extracting(WorkerNews::progress).containsExactly("half");
      journalled.hearWorkers();

      assertThat(journalled.news()).isEmpty();
    }
  }

  /** A worker that reports several attempts in one transaction would wait for it in turn. */
  @BothDatabases
  void marksNewsAsReadWithoutWaitingForWorkers(TestDatabase testDatabase) throws Exception {
    try (var journalled = new JournalledRun(testDatabase);
        var worker = testDatabase.connect();
        var renewal = worker.createStatement()) {
      submitted(journalled);
      assertThat(journalled.claims("job-1-1")).isTrue();
      var older = journalled.news();
      worker.setAutoCommit(false);
      int renewed =
          renewal.executeUpdate(
              "update execution.claims set version = version + 1, progress = 'half'");
      assertThat(renewed).isEqualTo(1);

      journalled.hear(older);
      worker.commit();

      assertThat(journalled.news()).extracting(WorkerNews::progress).containsExactly("half");
    }
  }

  @BothDatabases
  void aQuarantinedRunIsLeftAloneAndReadAnewWhenReleased(TestDatabase testDatabase)
      throws Exception {
    try (var journalled = new JournalledRun(testDatabase)) {
      submitted(journalled);
      assertThat(journalled.claims("job-1-1")).isTrue();

      assertThat(journalled.quarantine()).isInstanceOf(Journal.Written.class);
      assertThat(journalled.active()).isEmpty();
      journalled.forgetNews();
      journalled.release();

      assertThat(journalled.active()).hasSize(1);
      assertThat(journalled.news()).hasSize(1);
    }
  }

  @BothDatabases
  void anUpdateThatFindsNoRowIsAnErrorAndNothingIsWritten(TestDatabase testDatabase)
      throws Exception {
    try (var journalled = new JournalledRun(testDatabase)) {
      journalled.take(Example.of(1).queued(1));
      journalled.execute("delete from execution.tasks where task_index = 1");

      assertThatThrownBy(() -> journalled.write(new Event.Admitted()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("execution.tasks changed 1 of 2 rows");

      assertThat(journalled.text("select status from execution.runs")).isEqualTo("QUEUED");
      assertThat(journalled.number("select count(*) from execution.events")).isZero();
    }
  }

  private static final Outcome SUCCESS = Outcome.success(null, List.of());
  private static final Event CANCEL = new Event.CancelAsked("tester", "not needed");

  private static void submitted(JournalledRun journalled) throws Exception {
    journalled.take(Example.of(1).queued(1));
    journalled.hear(new Event.Admitted());
    journalled.intend(1);
    journalled.hear(new Event.Accepted(1, 1, "job-1-1"));
  }

  private static void requireOvertaken(JournalledRun journalled) throws Exception {
    long attempt = journalled.run().tasks().get(1).open().orElseThrow().id();
    int events = journalled.number("select count(*) from execution.events");

    assertThat(journalled.write(CANCEL)).isEqualTo(new Journal.Overtaken(List.of(attempt)));

    Run loaded = journalled.loaded();
    assertThat(loaded.status()).isEqualTo(RunStatus.RUNNING);
    assertThat(loaded.tasks().get(1).status()).isNotEqualTo(TaskStatus.CANCELLING);
    assertThat(journalled.number("select count(*) from execution.events")).isEqualTo(events);
    assertThat(
            journalled.number("select count(*) from execution.claims where closed_at is not null"))
        .isZero();
  }
}
