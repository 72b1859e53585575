package dev.core.orchestrator.simulation.jvm;

import dev.core.migrations.h2.ExecutionClock;
import java.time.InstantSource;

/**
 * Lets {@code execution.clock()} tell a simulation's time in the thread of the simulation, and the
 * system's time in all others, so that other tests of the JVM are not disturbed.
 */
public final class VirtualClock {

  private static final ThreadLocal<InstantSource> OF_THREAD =
      ThreadLocal.withInitial(InstantSource::system);

  static {
    ExecutionClock.follow(() -> OF_THREAD.get().instant());
  }

  private VirtualClock() {}

  /** From now on, in this thread. */
  public static void follow(InstantSource virtual) {
    OF_THREAD.set(virtual);
  }

  /** Back to the system's time, in this thread. */
  public static void leave() {
    OF_THREAD.remove();
  }
}
