package dev.core.orchestrator.engine;

import java.util.List;

/**
 * Something to do outside, that follows from what a run's record says. Derived again whenever it is
 * wanted, so that a crash forgets none; each bears being carried out twice.
 */
public sealed interface Effect {
  int task();

  int attempt();

  /** Ask the backend for a job. */
  record Submit(int task, Attempt of) implements Effect {
    @Override
    public int attempt() {
      return of.number();
    }
  }

  /** Look for a job of the attempt's name: whether there is one is not known. */
  record LookUp(int task, Attempt of) implements Effect {
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
