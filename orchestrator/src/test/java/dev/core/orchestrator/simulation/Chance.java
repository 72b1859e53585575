package dev.core.orchestrator.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The randomness of one seed. What is asked under one name is drawn from a stream of its own, so
 * that leaving a fault out, or asking once more somewhere, changes nothing anywhere else.
 */
final class Chance {

  private final long seed;
  private final Map<String, Integer> asked = new HashMap<>();

  Chance(long seed) {
    this.seed = mix(seed + 0x632be59bd9b4e019L);
  }

  /** 64 random bits: the next ones of that name. */
  long bits(String name) {
    return at(name, asked.merge(name, 1, Integer::sum));
  }

  /** What belongs to the name and a number, however often it is asked. */
  private long at(String name, int number) {
    return mix(seed ^ mix(name.hashCode() * 0x9e3779b97f4a7c15L + number));
  }

  /** How often the next one of that name has been asked for, from 1. */
  int next(String name) {
    return asked.merge(name, 1, Integer::sum);
  }

  /** Between 0 and 1, always the same for the name and number. */
  double fraction(String name, int number) {
    return (at(name, number) >>> 11) * 0x1.0p-53;
  }

  double fraction(String name) {
    return (bits(name) >>> 11) * 0x1.0p-53;
  }

  boolean happens(double probability, String name) {
    return fraction(name) < probability;
  }

  /** From {@code low} to {@code high}, both included. */
  int between(int low, int high, String name) {
    return low + (int) Math.floorMod(bits(name), (long) high - low + 1);
  }

  /** Microseconds between two numbers of milliseconds, more often short than long. */
  long micros(long lowMillis, long highMillis, String name) {
    double fraction = fraction(name);
    return (long) ((lowMillis + (highMillis - lowMillis) * fraction * fraction) * 1_000);
  }

  RandomGenerator stream(String name) {
    return new SplittableRandom(bits(name));
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
