package dev.core.common.logging;

import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.status.StatusListener;
import java.io.PrintStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says once on standard error that something cannot log, such as a Logstash that is away; it tries
 * on, and saying so every time would be noise.
 */
final class Complaints implements StatusListener {
  private final PrintStream out;
  private final Set<String> complained = ConcurrentHashMap.newKeySet();

  Complaints(PrintStream out) {
    this.out = out;
  }

  @Override
  public void addStatusEvent(Status status) {
    if (status.getLevel() >= Status.WARN && complained.add(String.valueOf(status.getOrigin()))) {
      out.println("logging: " + status.getMessage());
    }
  }
}
