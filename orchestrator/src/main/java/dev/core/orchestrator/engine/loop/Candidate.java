package dev.core.orchestrator.engine.loop;

import dev.core.common.database.Database;
import dev.core.orchestrator.compute.ComputeBackend;
import dev.core.orchestrator.store.Journal;
import dev.core.orchestrator.store.JournalSession;
import dev.core.orchestrator.store.Leadership;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One orchestrator's part in leadership, without a thread of its own: each turn it leads one step,
 * or tries to lead. Whatever fails ends the term; the next turn starts from the rows. Used by one
 * thread.
 */
public final class Candidate implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Candidate.class);

  private final Database database;
  private final ComputeBackend backend;
  private final StartCheck check;
  private final LeaderOptions options;
  private final Means means;
  private final Inbox inbox = new Inbox();
  private @Nullable Office office;

  /** The epoch of the leader that it was last heard to stand by to. */
  private long standsByTo = -1;

  /** What it has while it leads. */
  private record Office(
      JournalSession session,
      long epoch,
      Lease lease,
      Term term,
      Inbox.OfTerm answers,
      ComputeBackend.Subscription backendNews) {}

  public Candidate(
      Database database,
      ComputeBackend backend,
      StartCheck check,
      LeaderOptions options,
      Means means) {
    this.database = database;
    this.backend = backend;
    this.check = check;
    this.options = options;
    this.means = means;
  }

  /** Where calls leave their answers, and whoever knows that there is something new wakes it. */
  Inbox inbox() {
    return inbox;
  }

  /**
   * Deals with all that is new, if it leads or can lead.
   *
   * @throws RuntimeException if the term is over because something failed
   */
  public void turn() {
    turn(inbox.drain());
  }

  void turn(List<Input.FromBackend> news) {
    try {
      if (office == null) {
        office = takeOffice();
      }
      if (office != null && inbox.takeEdited()) {
        office.term().edited();
      }
      if (office != null && !office.term().step(news)) {
        LOG.warn("another orchestrator leads; standing by");
        leaveOffice();
      }
    } catch (RuntimeException e) {
      try {
        leaveOffice();
      } catch (RuntimeException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  private @Nullable Office takeOffice() {
    // Before anything is set up for leading, which is seldom the case.
    var leader = database.jdbi().withHandle(Leadership::read);
    if (leader.alive() && !options.holder().equals(leader.holder())) {
      standBy(leader);
      return null;
    }
    var session = JournalSession.open(database, options.lease());
    try {
      var handle = session.handle();
      long sentAt = means.nanos().getAsLong();
      Optional<Long> epoch =
          handle.inTransaction(transaction ->
              Leadership.acquire(
                  transaction, options.holder(), options.lease(), means.noticePort()));
      if (epoch.isPresent()) {
        return office(session, epoch.get(), sentAt);
      }
      session.close();
      return null;
    } catch (RuntimeException e) {
      try {
        session.close();
      } catch (RuntimeException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  private void standBy(dev.core.orchestrator.store.Leader leader) {
    if (leader.epoch() != standsByTo) {
      LOG.info(
          "{} stands by; {} leads, epoch {}", options.holder(), leader.holder(), leader.epoch());
      standsByTo = leader.epoch();
    }
  }

  private Office office(JournalSession session, long epoch, long sentAt) {
    LOG.info("{} leads, epoch {}", options.holder(), epoch);
    var handle = session.handle();
    var lease = new Lease(means.nanos(), options.lease());
    lease.renewed(sentAt);
    var claimLease = options.policy().claimLease();
    var journal = new Journal(handle, epoch, options.lease());
    var health = new BackendHealth();
    var answers = inbox.ofTerm();
    var observer = new Observer(backend, answers, lease, means.calls(), claimLease, health);
    var term =
        new Term(
            handle,
            journal,
            lease,
            backend,
            check,
            options,
            means.random(),
            new Courier(backend, answers, lease, means.calls(), means.submissions(), health),
            observer,
            new Troubles(handle, journal, backend.mode(), health));
    if (term.runs() > 0) {
      LOG.info("taking up {} runs", term.runs());
    }
    return new Office(session, epoch, lease, term, answers, backend.subscribe(observer::hear));
  }

  private void leaveOffice() {
    if (office != null) {
      try (var _ = office.session();
          var _ = office.backendNews()) {
        office.lease().end();
        office.answers().end();
      } finally {
        office = null;
      }
    }
  }

  public boolean leads() {
    return office != null;
  }

  /** The term, while it leads. */
  Optional<Term> term() {
    return Optional.ofNullable(office).map(Office::term);
  }

  /** How long after the last turn time alone changes something; negative: it has already. */
  public Optional<Duration> nextTimer() {
    return term().flatMap(Term::nextTimer);
  }

  /** Hands leadership over at once, if it leads; jobs go on. */
  @Override
  public void close() {
    if (office != null) {
      try {
        Leadership.release(office.session().handle(), office.epoch());
      } finally {
        leaveOffice();
      }
    }
  }
}
