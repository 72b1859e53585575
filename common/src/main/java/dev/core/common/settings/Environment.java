package dev.core.common.settings;

import java.util.Locale;

/** Which installation this is. Only {@link #DEV} may run without a configured database. */
public enum Environment {
  DEV,
  UAT,
  PROD;

  /** The name as it is set and shown, such as {@code dev}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
