package dev.core.common.settings;

import java.util.Locale;

/** Where attempts run. */
public enum Mode {
  /** On a virtual clock, in this process. */
  SIMULATED,
  /** As processes of this machine. */
  LOCAL,
  /** In Docker containers of this host. */
  VIRTUAL,
  /** On AWS Batch. */
  CLOUD;

  /** The name as it is set and shown, such as {@code local}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
