package dev.core.orchestrator.engine.loop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Where other threads leave news for the leader, and wake it. Thread-safe. */
final class Inbox {

  private sealed interface Item {}

  private record News(Input.FromBackend input) implements Item {}

  /** There may be something new in the database. */
  private record WakeUp() implements Item {}

  private final LinkedBlockingQueue<Item> items = new LinkedBlockingQueue<>();
  private final ConcurrentLinkedQueue<Input.FromBackend> patient = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean edited = new AtomicBoolean();

  /** Wakes the leader, unless the news can wait until it looks. */
  void put(Input.FromBackend input) {
    if (input.isPatient()) {
      patient.add(input);
    } else {
      items.add(new News(input));
    }
  }

  void wake() {
    items.add(new WakeUp());
  }

  /** The configuration may have been edited. */
  void edited() {
    edited.set(true);
    wake();
  }

  /** Whether it may have been since this was last asked. */
  boolean takeEdited() {
    return edited.getAndSet(false);
  }

  /** Waits until something comes or the time is over, and gives all that has come. */
  List<Input.FromBackend> await(Duration patience) throws InterruptedException {
    var drained = new ArrayList<Item>();
    Item first = items.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    if (first != null) {
      drained.add(first);
    }
    return rest(drained);
  }

  /** All that has come. */
  List<Input.FromBackend> drain() {
    return rest(new ArrayList<>());
  }

  private List<Input.FromBackend> rest(List<Item> drained) {
    int _ = items.drainTo(drained);
    var inputs = new ArrayList<Input.FromBackend>();
    for (var input = patient.poll(); input != null; input = patient.poll()) {
      inputs.add(input);
    }
    for (Item item : drained) {
      switch (item) {
        case News(var input) -> inputs.add(input);
        case WakeUp _ -> {}
      }
    }
    return inputs;
  }
}
