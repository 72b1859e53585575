package dev.core.orchestrator.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** The version in the manifest of the jar. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    var version = number();
    return new String[] {"core " + (version == null ? "(built from sources)" : version)};
  }

  /** Null where class files run that are in no jar. */
  static @Nullable String number() {
    return Version.class.getPackage().getImplementationVersion();
  }
}
