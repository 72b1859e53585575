package dev.core.orchestrator.compute.cloud;

import io.github.bucket4j.BlockingStrategy;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;

/**
 * What the backend takes from the process that it runs in.
 *
 * @param threads for calls in the background, and for calls beside each other
 * @param nanos a monotonic clock
 * @param waiting how a thread waits for the rate of submissions
 */
record CloudMeans(ExecutorService threads, LongSupplier nanos, BlockingStrategy waiting) {

  static CloudMeans ofProcess() {
    return new CloudMeans(
        Executors.newVirtualThreadPerTaskExecutor(), System::nanoTime, BlockingStrategy.PARKING);
  }
}
