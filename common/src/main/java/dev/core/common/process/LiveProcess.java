package dev.core.common.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a process of this machine lives. */
public final class LiveProcess {

  private LiveProcess() {}

  /**
   * False also for one that has ended while nobody has asked for its exit code: in containers the
   * first process often never does, and {@link ProcessHandle#isAlive} takes it for alive for ever.
   */
  public static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(LiveProcess::isAlive).orElse(false);
  }

  /** The same for a process that was found already. */
  public static boolean isAlive(ProcessHandle process) {
    return process.isAlive() && !isZombie(process.pid());
  }

  private static boolean isZombie(long pid) {
    try {
      var status = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
      // "pid (name) state …"; the name may contain anything, but the last parenthesis ends it.
      return status.startsWith(") Z", status.lastIndexOf(')'));
    } catch (IOException e) {
      // No Linux, or it ended just now, which the next question will tell.
      return false;
    }
  }
}
