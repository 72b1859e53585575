package dev.core.emulator.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What goes wrong between a client and its service, by rate or once, and how often which call came.
 * Thread-safe.
 */
public final class Faults {

  /** What happens to one call. */
  public enum Fault {
    NONE,
    /** 429, without effect. */
    THROTTLED,
    /** 500, without effect. */
    SERVER_ERROR,
    /** The connection ends with no answer, and the call had no effect. */
    LOST_BEFORE,
    /** The connection ends with no answer, after the call took effect. */
    LOST_AFTER,
    /** 403, without effect. */
    DENIED
  }

  /**
   * Shares of calls, each from 0 to 1.
   *
   * @param lookUpLag how long a new job stays unseen by look-ups
   * @param eventsTwice share of events that are sent again
   * @param eventDelay events come late by up to this, so in any order
   */
  public record Rates(
      double throttled,
      double serverError,
      double lostBefore,
      double lostAfter,
      Duration lookUpLag,
      double eventsTwice,
      Duration eventDelay) {

    public static Rates none() {
      return new Rates(0, 0, 0, 0, Duration.ZERO, 0, Duration.ZERO);
    }
  }

  private final Random random;
  private volatile Rates rates = Rates.none();
  private final Map<String, List<Fault>> next = new ConcurrentHashMap<>();
  private final Set<String> denied = ConcurrentHashMap.newKeySet();
  private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
  private final Map<String, Double> throttled = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> answered = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
  private final Map<Fault, AtomicInteger> struck = new ConcurrentHashMap<>();

  public Faults(long seed) {
    this.random = new Random(seed);
  }

  public void rates(Rates wanted) {
    rates = wanted;
  }

  public Rates rates() {
    return rates;
  }

  /** The next calls of this operation end so, in this order. */
  public void next(String operation, Fault... faults) {
    next.compute(
        key(operation),
        (_, queued) -> {
          var all = queued == null ? new ArrayList<Fault>() : new ArrayList<>(queued);
          all.addAll(List.of(faults));
          return all;
        });
  }

  /** From now on this share of the calls of this operation is throttled, beside the rates. */
  public void throttle(String operation, double share) {
    throttled.put(key(operation), share);
  }

  /** From now on nobody may call this operation. */
  public void deny(String operation) {
    denied.add(key(operation));
  }

  public void allowAll() {
    denied.clear();
  }

  /** From now on calls of this operation wait for their answer, until the hold is closed. */
  public Hold hold(String operation) {
    var gate = new CountDownLatch(1);
    held.put(key(operation), gate);
    return () -> {
      held.remove(key(operation), gate);
      gate.countDown();
    };
  }

  /** Until it is closed, no call is answered. */
  public interface Hold extends AutoCloseable {
    @Override
    void close();
  }

  /** How many calls of this operation came, whatever became of them. */
  public int calls(String operation) {
    var count = calls.get(key(operation));
    return count == null ? 0 : count.get();
  }

  /** How many calls of this operation were answered: once each, however often it was tried. */
  public int answered(String operation) {
    var count = answered.get(key(operation));
    return count == null ? 0 : count.get();
  }

  /** How often a fault struck. */
  public int struck(Fault fault) {
    var count = struck.get(fault);
    return count == null ? 0 : count.get();
  }

  Fault strike(String operation) {
    String key = key(operation);
    int _ = calls.computeIfAbsent(key, _ -> new AtomicInteger()).incrementAndGet();
    awaitRelease(key);
    Fault fault = decide(key);
    if (fault == Fault.NONE) {
      int _ = answered.computeIfAbsent(key, _ -> new AtomicInteger()).incrementAndGet();
    }
    int _ = struck.computeIfAbsent(fault, _ -> new AtomicInteger()).incrementAndGet();
    return fault;
  }

  private void awaitRelease(String key) {
    var gate = held.get(key);
    if (gate != null) {
      try {
        gate.await();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Fault decide(String key) {
    if (denied.contains(key)) {
      return Fault.DENIED;
    }
    var scripted = new Fault[1];
    next.computeIfPresent(
        key,
        (_, queued) -> {
          scripted[0] = queued.getFirst();
          return queued.size() == 1 ? null : new ArrayList<>(queued.subList(1, queued.size()));
        });
    if (scripted[0] != null) {
      return scripted[0];
    }
    if (throttled.containsKey(key) && dice() < throttled.get(key)) {
      return Fault.THROTTLED;
    }
    Rates now = rates;
    double dice = dice();
    if ((dice -= now.throttled()) < 0) {
      return Fault.THROTTLED;
    }
    if ((dice -= now.serverError()) < 0) {
      return Fault.SERVER_ERROR;
    }
    if ((dice -= now.lostBefore()) < 0) {
      return Fault.LOST_BEFORE;
    }
    return dice - now.lostAfter() < 0 ? Fault.LOST_AFTER : Fault.NONE;
  }

  /** From 0 to 1. */
  public double dice() {
    synchronized (random) {
      return random.nextDouble();
    }
  }

  private static String key(String operation) {
    return operation.toLowerCase(Locale.ROOT);
  }
}
