package dev.core.orchestrator.engine;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Nothing new is admitted or submitted, of one pipeline or of all; what is at the backend goes on.
 *
 * @param scope name of a pipeline, or {@link #ALL}
 * @param reason for people; null: none was given
 */
public record Pause(String scope, Instant since, String by, @Nullable String reason) {

  /** Every pipeline; no pipeline may have this name. */
  public static final String ALL = "*";

  @JsonIgnore
  public boolean isOfAll() {
    return scope.equals(ALL);
  }

  /** Who and why, such as {@code by ada: wrong year}. */
  public String told() {
    return "by " + by + (reason == null ? "" : ": " + reason);
  }
}
