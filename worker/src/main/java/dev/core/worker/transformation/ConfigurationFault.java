package dev.core.worker.transformation;

import org.jspecify.annotations.Nullable;

/**
 * The work could never have succeeded as it is configured: a variable makes no sense, a named thing
 * does not exist. The message names the thing, the value and what is allowed; people read it.
 */
public final class ConfigurationFault extends RuntimeException {
  public ConfigurationFault(String message) {
    super(message);
  }

  public ConfigurationFault(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
