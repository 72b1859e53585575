package dev.core.orchestrator.store;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** Why a task or an attempt failed. */
public record FailureDetail(@JsonProperty("class") String failureClass, @Nullable String message) {

  static @Nullable FailureDetail of(@Nullable String failureClass, @Nullable String message) {
    return failureClass == null ? null : new FailureDetail(failureClass, message);
  }
}
