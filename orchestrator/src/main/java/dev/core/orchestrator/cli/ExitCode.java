package dev.core.orchestrator.cli;

/** The exit codes of {@code core}; every command uses these and no others. */
public final class ExitCode {

  /** What was asked for was done. */
  public static final int DONE = 0;

  /** It was understood, and refused or failed: unknown name, failed run, broken settings. */
  public static final int REFUSED = 1;

  /** The command line itself is wrong. */
  public static final int USAGE = 2;

  /** A person ended the waiting, not what was waited for. */
  public static final int DETACHED = 130;

  private ExitCode() {}
}
