package dev.core.orchestrator.manifest;

import dev.core.orchestrator.store.ManifestRows;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the manifests of datasets that were committed, while this process leads; in a thread of
 * its own, since nothing waits for them. Writing one twice does no harm, so a crash in between
 * heals.
 */
public final class Manifests implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Manifests.class);
  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final Duration AFTER_TROUBLE = Duration.ofMinutes(1);
  private static final Duration FAREWELL = Duration.ofSeconds(10);

  private final ManifestRows rows;
  private final ManifestFiles files;
  private final BooleanSupplier leads;
  private final LongSupplier nanos;

  /** Roots that could not be written to, with the moment from which they are tried again. */
  private final Map<String, Long> troubled = new HashMap<>();

  private final Object bell = new Object();
  private final Thread thread;
  private boolean closed;

  private Manifests(
      ManifestRows rows, ManifestFiles files, BooleanSupplier leads, LongSupplier nanos) {
    this.rows = rows;
    this.files = files;
    this.leads = leads;
    this.nanos = nanos;
    this.thread = Thread.ofPlatform().name("manifests").daemon().unstarted(this::run);
  }

  /**
   * Starts it.
   *
   * @param leads whether this process leads
   * @param nanos a monotonic clock
   */
  public static Manifests start(
      ManifestRows rows, ManifestFiles files, BooleanSupplier leads, LongSupplier nanos) {
    var manifests = new Manifests(rows, files, leads, nanos);
    manifests.thread.start();
    return manifests;
  }

  private void run() {
    boolean last = false;
    while (!last) {
      last = awaitNext();
      if (leads.getAsBoolean()) {
        try {
          writeAll();
        } catch (RuntimeException e) {
          // The database is away; so is the leader then, or it will be back.
          LOG.debug("manifests are not written now", e);
        }
      }
    }
  }

  /** Whether it is closed. */
  private boolean awaitNext() {
    synchronized (bell) {
      try {
        if (!closed) {
          bell.wait(LOOK.toMillis());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        closed = true;
      }
      return closed;
    }
  }

  private void writeAll() {
    troubled.values().removeIf(until -> nanos.getAsLong() - until >= 0);
    while (true) {
      var unwritten = rows.unwritten(troubled.keySet());
      if (unwritten.isEmpty()) {
        return;
      }
      var done = new ArrayList<Long>();
      for (var dataset : unwritten) {
        if (!troubled.containsKey(dataset.root()) && written(dataset)) {
          done.add(dataset.id());
        }
      }
      rows.written(done);
    }
  }

  private boolean written(ManifestRows.Unwritten dataset) {
    try {
      files.write(dataset);
      return true;
    } catch (IOException | RuntimeException e) {
      LOG.warn(
          "manifests of datasets in {} cannot be written, the datasets count without: {}",
          dataset.root(),
          e.getMessage());
      @Nullable Long _ = troubled.put(dataset.root(), nanos.getAsLong() + AFTER_TROUBLE.toNanos());
      return false;
    }
  }

  /** Writes what is left, if this process still leads. */
  @Override
  public void close() {
    synchronized (bell) {
      closed = true;
      bell.notifyAll();
    }
    try {
      boolean _ = thread.join(FAREWELL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    files.close();
  }
}
