package dev.core.orchestrator.engine;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The places that live tasks take at the backend. Immutable. */
public record Places(List<Place> taken) {

  /**
   * One of them.
   *
   * @param pool whose slot goes with it, by its name now; null: none
   * @param since when it was taken
   */
  public record Place(String pipeline, @Nullable String pool, Instant since) {}

  public Places {
    taken = List.copyOf(taken);
  }

  public static Places of(Collection<Place> taken) {
    return new Places(List.copyOf(taken));
  }

  static Predicate<Place> ofPipeline(String pipeline) {
    return place -> place.pipeline().equals(pipeline);
  }

  static Predicate<Place> ofPool(String pool) {
    return place -> Objects.equals(place.pool(), pool);
  }

  int count(Predicate<Place> some) {
    return (int) taken.stream().filter(some).count();
  }

  /**
   * Since when at least so many were taken, as far as those can tell that are taken now: it may
   * have been so earlier, with others in their stead.
   */
  Instant since(Predicate<Place> some, int limit, Instant otherwise) {
    return taken.stream()
        .filter(some)
        .map(Place::since)
        .sorted()
        .skip(Math.max(0, limit - 1))
        .findFirst()
        .filter(_ -> limit > 0)
        .orElse(otherwise);
  }
}
