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

  private record News(OfTerm term, Input.FromBackend input) implements Item {}

  /** There may be something new in the database. */
  private record WakeUp() implements Item {}

  private final LinkedBlockingQueue<Item> items = new LinkedBlockingQueue<>();
  private final ConcurrentLinkedQueue<News> patient = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean edited = new AtomicBoolean();

  /**
   * Takes the news of one term. The next term asks anew: what it was not asked for itself would be
   * taken for the answer to what it is asking.
   */
  final class OfTerm {
    private volatile boolean over;

    /** Wakes the leader, unless the news can wait until it looks. */
    void put(Input.FromBackend input) {
      var news = new News(this, input);
      if (input.isPatient()) {
        patient.add(news);
      } else {
        items.add(news);
      }
    }

    /** What is left of it, and comes later, is dropped. */
    void end() {
      over = true;
    }
  }

  OfTerm ofTerm() {
    return new OfTerm();
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
    var all = new ArrayList<Item>();
    for (var news = patient.poll(); news != null; news = patient.poll()) {
      all.add(news);
    }
    all.addAll(drained);
    int _ = items.drainTo(all);
    var inputs = new ArrayList<Input.FromBackend>();
    for (Item item : all) {
      switch (item) {
        case News(var term, var input) -> {
          if (!term.over) {
            inputs.add(input);
          }
        }
        case WakeUp _ -> {}
      }
    }
    return inputs;
  }
}
