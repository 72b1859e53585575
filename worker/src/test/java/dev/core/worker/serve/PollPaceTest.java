package dev.core.worker.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PollPaceTest {

  private final AtomicLong now = new AtomicLong();
  private final PollPace pace = new PollPace(now::get, () -> false);

  @Test
  void looksOftenRightAfterWorkAndSeldomWhenIdle() {
    pace.worked();
    assertThat(pace.nextWait()).isLessThan(Duration.ofMillis(1).toNanos());

    now.addAndGet(Duration.ofMillis(100).toNanos());
    assertThat(pace.nextWait()).isEqualTo(Duration.ofNanos(1_500_000).toNanos());

    for (int i = 0; i < 1000; i++) {
      now.addAndGet(pace.nextWait());
    }
    assertThat(pace.nextWait()).isEqualTo(Duration.ofMillis(50).toNanos());

    pace.worked();
    assertThat(pace.nextWait()).isLessThan(Duration.ofMillis(1).toNanos());
  }

  @Test
  void knowsForHowLongThereWasNothingToDo() {
    pace.worked();
    now.addAndGet(Duration.ofMinutes(10).toNanos());

    assertThat(pace.idleNanos()).isEqualTo(Duration.ofMinutes(10).toNanos());
  }
}
