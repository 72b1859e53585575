package dev.core.orchestrator.engine.loop;

import dev.core.orchestrator.engine.loop.Committing.Result;
import dev.core.orchestrator.store.PendingCommand;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows when a step could not be journalled: each subject is tried alone, so that one cannot
 * hold up the others. A run that fails alone three times is quarantined; a command is refused. Used
 * by one thread.
 */
final class OneByOne {

  private static final Logger LOG = LoggerFactory.getLogger(OneByOne.class);

  /** A run that cannot be journalled alone this often is left alone. */
  private static final int TRIES_BEFORE_QUARANTINE = 3;

  private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);

  /** Begins the subject of what is submitted of a run, as distinct from its news. */
  private static final String DISPATCH = "dispatch of run ";

  private final Committing committing;
  private final ActiveRuns runs;
  private final Timers timers;
  private final Courier courier;

  /** How often in a row a subject could not be journalled. */
  private final Map<String, Integer> failures = new HashMap<>();

  /** Answers that could not be journalled; unlike other inputs they are not found again. */
  private final List<Input.FromBackend> again = new ArrayList<>();

  OneByOne(Committing committing, ActiveRuns runs, Timers timers, Courier courier) {
    this.committing = committing;
    this.runs = runs;
    this.timers = timers;
    this.courier = courier;
  }

  /** Answers that are to be dealt with again; each is given once. */
  List<Input.FromBackend> again() {
    var answers = List.copyOf(again);
    again.clear();
    return answers;
  }

  /** Everything of a step was journalled: its subjects are well again. */
  void succeeded(Collection<Input> inputs) {
    if (!failures.isEmpty()) {
      inputs.forEach(input -> failures.remove(input.subject()));
      failures.keySet().removeIf(subject -> subject.startsWith(DISPATCH));
    }
  }

  /** The same step in pieces; what still fails is left for later, or for good. */
  Result write(Instant now, List<Input> inputs) {
    var bySubject = new LinkedHashMap<String, List<Input>>();
    for (Input input : inputs) {
      bySubject.computeIfAbsent(input.subject(), _ -> new ArrayList<>()).add(input);
    }
    for (var each : bySubject.entrySet()) {
      var result =
          alone(
              each.getKey(),
              () -> committing.write(now, each.getValue(), false),
              now,
              each.getValue());
      if (result == Result.FENCED) {
        return result;
      }
    }
    for (long id : runs.ids()) {
      var result = alone(DISPATCH + id, () -> committing.writeDispatch(now, id), now, List.of());
      if (result == Result.FENCED) {
        return result;
      }
    }
    return Result.WRITTEN;
  }

  private interface Writing {
    Result write() throws SQLException;
  }

  private Result alone(String subject, Writing writing, Instant now, List<Input> inputs) {
    try {
      var result = writing.write();
      failures.remove(subject);
      return result;
    } catch (RuntimeException | SQLException e) {
      Committing.endIfTransient(e);
      int times = failures.merge(subject, 1, Integer::sum);
      LOG.warn("{} could not be journalled, time {}: {}", subject, times, e.toString());
      if (times < TRIES_BEFORE_QUARANTINE) {
        inputs.forEach(input -> keep(input, now));
        return Result.NOTHING;
      }
      failures.remove(subject);
      return giveUp(inputs, subject, e, now);
    }
  }

  private void keep(Input input, Instant now) {
    switch (input) {
      case Input.TimeUp(long runId, int task) -> timers.add(now.plus(AGAIN_AFTER), runId, task);
      case Input.FromBackend answer -> {
        again.add(answer);
        courier.unheard(answer);
      }
      // Their rows still say that they are new.
      case Input.FromWorker _, Input.Asked _ -> {}
      // The book of schedules gives again what it has not seen done.
      case Input.Retimed _, Input.Untimed _, Input.DateDue _ -> {}
    }
  }

  private Result giveUp(List<Input> inputs, String subject, Exception cause, Instant now) {
    String why = cause.getClass().getSimpleName() + ": " + cause.getMessage();
    if (!inputs.isEmpty() && inputs.getFirst() instanceof Input.Asked(var command)) {
      return refuse(command, why, now);
    }
    if (subject.startsWith(Input.SCHEDULE)) {
      return block(subject.substring(Input.SCHEDULE.length()), why, cause, now);
    }
    long runId = Long.parseLong(subject.substring(subject.lastIndexOf(' ') + 1));
    LOG.error("run {} is quarantined; `core release {}` takes it up again", runId, runId, cause);
    return committing.quarantine(runId, why);
  }

  private Result block(String pipeline, String why, Exception cause, Instant now) {
    LOG.error("the schedule of {} waits, since it cannot be journalled", pipeline, cause);
    try {
      return committing.block(pipeline, why, now);
    } catch (SQLException e) {
      throw new TermOver("the schedule of " + pipeline + " cannot be written", e);
    }
  }

  private Result refuse(PendingCommand command, String why, Instant now) {
    try {
      return committing.refuse(command, why, now);
    } catch (SQLException e) {
      throw new TermOver("the answer to command " + command.id() + " cannot be written", e);
    }
  }
}
