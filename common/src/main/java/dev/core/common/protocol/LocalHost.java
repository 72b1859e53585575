package dev.core.common.protocol;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name under which this machine's local jobs are queued and taken. */
public final class LocalHost {

  private LocalHost() {}

  /** The same in every process of the machine. */
  public static String name() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      // A machine that does not know its own name has no other processes to tell it from.
      return "localhost";
    }
  }
}
