package dev.core.worker.transformation;

import org.jspecify.annotations.Nullable;

/** The work needs more memory than its resources give it; a failure of class OUT_OF_MEMORY. */
public final class MemoryExhausted extends RuntimeException {
  public MemoryExhausted(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
