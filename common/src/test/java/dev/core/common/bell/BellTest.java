package dev.core.common.bell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BellTest {

  private final Semaphore rings = new Semaphore(0);

  @Test
  void eachRingIsHeard() throws InterruptedException {
    try (var bell = Bell.hang(rings::release).orElseThrow()) {
      Bell.ring(bell.port());
      Bell.ring(bell.port());

      assertThat(rings.tryAcquire(2, 10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void ringingWhereNobodyListensIsNoError() throws InterruptedException {
    int gone;
    try (var bell = Bell.hang(rings::release).orElseThrow()) {
      gone = bell.port();
    }

    Bell.ring(gone);

    assertThat(rings.tryAcquire(50, TimeUnit.MILLISECONDS)).isFalse();
  }
}
