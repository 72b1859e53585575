package dev.core.orchestrator.engine.loop;

import dev.core.orchestrator.compute.ComputeBackend;
import dev.core.orchestrator.compute.ComputeBackend.BackendUnavailable;
import dev.core.orchestrator.compute.ComputeBackend.NotAllAsked;
import dev.core.orchestrator.engine.Effect;
import dev.core.orchestrator.engine.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the backend to end jobs: those of one reason in one call, and none that is being asked for
 * already. Thread-safe.
 */
final class Terminations {

  private static final Logger LOG = LoggerFactory.getLogger(Terminations.class);

  private final ComputeBackend backend;
  private final Inbox.OfTerm inbox;
  private final Lease lease;
  private final Executor calls;

  /** Jobs whose termination is being asked for. */
  private final Set<String> asking = ConcurrentHashMap.newKeySet();

  Terminations(ComputeBackend backend, Inbox.OfTerm inbox, Lease lease, Executor calls) {
    this.backend = backend;
    this.inbox = inbox;
    this.lease = lease;
    this.calls = calls;
  }

  /** What is to be ended of one run. */
  record Wanted(long runId, Effect.Terminate effect) {}

  void carryOut(List<Wanted> all) {
    Map<String, List<Wanted>> byReason = new LinkedHashMap<>();
    for (Wanted each : all) {
      unasked(each)
          .ifPresent(mine ->
              byReason.computeIfAbsent(mine.effect().reason(), _ -> new ArrayList<>()).add(mine));
    }
    byReason.forEach((reason, wanted) -> calls.execute(() -> ask(reason, wanted)));
  }

  private void ask(String reason, List<Wanted> wanted) {
    List<String> jobIds = wanted.stream().flatMap(each -> each.effect().jobIds().stream()).toList();
    try {
      if (lease.held()) {
        backend.terminate(jobIds, reason);
        tell(wanted, Set.copyOf(jobIds));
      }
    } catch (NotAllAsked e) {
      LOG.warn(
          "cannot end {} of {} jobs, and asks again: {}",
          jobIds.size() - e.asked().size(),
          jobIds.size(),
          e.getMessage());
      tell(wanted, e.asked());
    } catch (BackendUnavailable e) {
      LOG.warn("cannot end {} jobs: {}", jobIds.size(), e.getMessage());
    } finally {
      jobIds.forEach(asking::remove);
    }
  }

  private void tell(List<Wanted> wanted, Set<String> asked) {
    for (Wanted each : wanted) {
      var effect = each.effect();
      List<String> jobIds = effect.jobIds().stream().filter(asked::contains).toList();
      if (!jobIds.isEmpty()) {
        inbox.put(
            new Input.FromBackend(
                each.runId(), new Event.TerminationAsked(effect.task(), effect.attempt(), jobIds)));
      }
    }
  }

  /** Those of its jobs whose end nobody is asking for at this moment. */
  private Optional<Wanted> unasked(Wanted all) {
    var effect = all.effect();
    List<String> jobIds = effect.jobIds().stream().filter(asking::add).toList();
    return jobIds.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Wanted(
                all.runId(),
                new Effect.Terminate(effect.task(), effect.attempt(), jobIds, effect.reason())));
  }
}
