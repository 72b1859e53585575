package dev.core.orchestrator.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the answer to "why is it not running?" depends on beside the run itself.
 *
 * @param now by the clock of the database
 * @param leaderless since when nobody leads; null: somebody does
 * @param pause that the run's pipeline is under; null: none
 * @param quarantine of the run; null: none
 * @param others unfinished runs of the same pipeline
 * @param places that live tasks of all runs take
 * @param trouble with the backend; null: it answers, as far as is known
 * @param capacity for queued jobs of local mode, by the name of the job
 * @param standing what the backend says now of jobs that have not begun, by id
 * @param silentAfter a worker that did not renew for so long is out of touch
 * @param claimLease after which such a worker is taken for lost
 */
public record Surroundings(
    Instant now,
    @Nullable Instant leaderless,
    @Nullable Pause pause,
    @Nullable Quarantined quarantine,
    List<OtherRun> others,
    Dispatcher.Limits limits,
    Places places,
    @Nullable Trouble trouble,
    Map<String, Capacity> capacity,
    Map<String, String> standing,
    Duration silentAfter,
    Duration claimLease) {

  public Surroundings {
    others = List.copyOf(others);
    capacity = Map.copyOf(capacity);
    standing = Map.copyOf(standing);
  }

  /** Why a run is left alone. */
  public record Quarantined(String cause, Instant since) {}

  /** Another run of the pipeline. */
  public record OtherRun(Turn turn, RunStatus status, boolean quarantined) {

    /** Whether it keeps the pipeline busy. */
    boolean active() {
      return status == RunStatus.RUNNING || status == RunStatus.CANCELLING;
    }

    /** Whether it is queued before that run, which does not overtake it. */
    boolean queuedBefore(RunHeader run) {
      return status == RunStatus.QUEUED && !quarantined && turn.compareTo(run.turn()) < 0;
    }
  }

  /** The backend cannot be asked. */
  public record Trouble(String message, Instant since) {}

  /**
   * What a machine can run.
   *
   * @param workers that beat
   * @param slots of theirs
   * @param beatAt when the last one did; null: there never was one
   * @param taken when each slot was taken that is, the earliest first
   */
  public record Capacity(
      String host, int workers, int slots, @Nullable Instant beatAt, List<Instant> taken) {
    public Capacity {
      taken = taken.stream().sorted().toList();
    }

    boolean full() {
      return taken.size() >= slots;
    }
  }
}
