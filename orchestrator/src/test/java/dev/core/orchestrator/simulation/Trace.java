package dev.core.orchestrator.simulation;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What happened, a line for each thing, for people. Costs nothing when nobody reads it. */
final class Trace {

  private final @Nullable PrintWriter out;
  private final Supplier<Instant> now;

  /**
   * @param out null: nobody reads it
   */
  Trace(@Nullable PrintWriter out, Supplier<Instant> now) {
    this.out = out;
    this.now = now;
  }

  void line(String actor, Supplier<String> text) {
    if (out != null) {
      // Not the line separator of a platform: the same seed gives the same bytes everywhere.
      out.print("%-27s %-16s %s\n".formatted(now.get(), actor, text.get()));
    }
  }
}
