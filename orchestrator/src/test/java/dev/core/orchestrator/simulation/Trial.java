package dev.core.orchestrator.simulation;

import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One seed after the other, through a type that every class loader shares. Says by its name which
 * law a seed broke, and null if it broke none. Whatever an engine throws that it should not is a
 * surprise.
 */
public final class Trial implements LongFunction<@Nullable String> {

  @Override
  public @Nullable String apply(long seed) {
    try {
      Violation violation = new Simulation(seed, null, null).run().violation();
      return violation == null ? null : violation.getMessage();
    } catch (RuntimeException | StackOverflowError e) {
      return Law.NO_SURPRISE + ": " + e;
    }
  }
}
