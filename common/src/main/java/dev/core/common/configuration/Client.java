package dev.core.common.configuration;

import org.jspecify.annotations.Nullable;

/** Whom pipelines are for. */
public record Client(long id, String name, @Nullable String description) implements Row {
  /** Not stored yet. */
  public static Client named(String name) {
    return new Client(0, name, null);
  }
}
