package dev.core.orchestrator.compute.cloud;

/** The credentials belong to another account than the one that is meant: nothing was submitted. */
public final class WrongAccount extends RuntimeException {
  WrongAccount(String message) {
    super(message);
  }
}
