package dev.core.orchestrator.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something to do outside, that follows from what a run's record says. Derived again whenever it is
 * wanted, so that a crash forgets none; each bears being carried out twice.
 */
public sealed interface Effect {
  int task();

  int attempt();

  /**
   * Ask the backend for a job.
   *
   * @param chunk of a task that is split; null: all of the attempt
   */
  record Submit(int task, Attempt of, @Nullable Chunk chunk) implements Effect {
    public Submit(int task, Attempt of) {
      this(task, of, null);
    }

    @Override
    public int attempt() {
      return of.number();
    }
  }

  /** Look for a job of the attempt's name: whether there is one is not known. */
  record LookUp(int task, Attempt of, @Nullable Chunk chunk) implements Effect {
    public LookUp(int task, Attempt of) {
      this(task, of, null);
    }

    @Override
    public int attempt() {
      return of.number();
    }
  }

  /** Ask the backend to end these jobs. */
  record Terminate(int task, int attempt, List<String> jobIds, String reason) implements Effect {
    public Terminate {
      jobIds = List.copyOf(jobIds);
    }
  }
}
