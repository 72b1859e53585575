package dev.core.orchestrator.compute.cloud;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Answers that are good for a while: however often they are wanted, each question goes out once in
 * that time. Thread-safe.
 */
final class Answers<K, V> {

  private record Known<V>(V value, long askedAt) {}

  private final long goodNanos;
  private final LongSupplier nanos;
  private final Map<K, Known<V>> known = new ConcurrentHashMap<>();

  Answers(Duration good, LongSupplier nanos) {
    this.goodNanos = good.toNanos();
    this.nanos = nanos;
  }

  /** The answer, asked for if there is none that is good; what asking throws is not remembered. */
  V get(K key, Function<K, V> question) {
    long now = nanos.getAsLong();
    known.values().removeIf(each -> now - each.askedAt() >= goodNanos);
    return known.computeIfAbsent(key, _ -> new Known<>(question.apply(key), now)).value();
  }

  boolean has(K key) {
    Known<V> found = known.get(key);
    return found != null && nanos.getAsLong() - found.askedAt() < goodNanos;
  }

  void put(K key, V value) {
    known.put(key, new Known<>(value, nanos.getAsLong()));
  }
}
