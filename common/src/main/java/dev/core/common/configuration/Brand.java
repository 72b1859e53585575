package dev.core.common.configuration;

import org.jspecify.annotations.Nullable;

/** A brand of a client. Its name is unique within the client. */
public record Brand(long id, long clientId, String name, @Nullable String description)
    implements Row {
  /** Not stored yet. */
  public static Brand named(String name, long clientId) {
    return new Brand(0, clientId, name, null);
  }
}
