package dev.core.worker.process;

import dev.core.common.process.LiveProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A child and all that descends from it, to be ended: politely first, then surely. */
final class ProcessTree {

  private static final Duration AFTER_KILL = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofMillis(10);
  private static final Path PROC = Path.of("/proc");

  private final Process root;
  private final String mark;

  /**
   * @param mark text that stands in the environment of the child and of no other; finds those that
   *     lost their parents, where there is a {@code /proc}
   */
  ProcessTree(Process root, String mark) {
    this.root = root;
    this.mark = mark;
  }

  /** Returns when all are dead, after a grace. Not cut short by interrupts. */
  void end(ChildProcesses.Ending ending) {
    boolean interrupted = Thread.interrupted();
    try {
      Set<ProcessHandle> members = ending.rootOnly() ? Set.of(root.toHandle()) : members();
      members.forEach(ProcessHandle::destroy);
      interrupted |= !awaited(members, ending.grace());
      // Again from the start: members may have started others while they were ending.
      members = members();
      members.forEach(ProcessHandle::destroyForcibly);
      interrupted |= !awaited(members, AFTER_KILL);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** False if it was interrupted while waiting; then it has not waited to the end. */
  private static boolean awaited(Set<ProcessHandle> members, Duration patience) {
    long until = System.nanoTime() + patience.toNanos();
    try {
      while (members.stream().anyMatch(LiveProcess::isAlive) && System.nanoTime() - until < 0) {
        Thread.sleep(LOOK);
      }
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private Set<ProcessHandle> members() {
    var members = new LinkedHashSet<ProcessHandle>();
    members.add(root.toHandle());
    root.descendants().forEach(members::add);
    for (long pid : marked()) {
      Optional<ProcessHandle> handle = ProcessHandle.of(pid);
      handle.ifPresent(members::add);
    }
    members.removeIf(member -> !LiveProcess.isAlive(member));
    return members;
  }

  private List<Long> marked() {
    var pids = new ArrayList<Long>();
    if (!Files.isDirectory(PROC.resolve("self"))) {
      return pids;
    }
    try (var entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (var entry : entries) {
        if (isMarked(entry)) {
          pids.add(Long.parseLong(entry.getFileName().toString()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + PROC, e);
    }
    return pids;
  }

  private boolean isMarked(Path process) {
    try {
      var environment = Files.readAllBytes(process.resolve("environ"));
      return new String(environment, StandardCharsets.ISO_8859_1).contains(mark);
    } catch (IOException e) {
      // Ended in between, or another user's: not ours in either case.
      return false;
    }
  }
}
