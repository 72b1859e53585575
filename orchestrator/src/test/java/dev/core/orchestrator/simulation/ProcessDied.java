package dev.core.orchestrator.simulation;

/** Unwinds whatever a process was doing when it died. An error, so that nothing catches it. */
final class ProcessDied extends Error {

  private static final long serialVersionUID = 1L;

  ProcessDied(String name) {
    super(name + " has died", null, false, false);
  }
}
