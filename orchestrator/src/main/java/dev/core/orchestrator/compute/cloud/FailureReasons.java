package dev.core.orchestrator.compute.cloud;

import static dev.core.common.protocol.FailureClass.CONFIGURATION;
import static dev.core.common.protocol.FailureClass.INFRASTRUCTURE;
import static dev.core.common.protocol.FailureClass.OUT_OF_MEMORY;
import static dev.core.common.protocol.FailureClass.TIMEOUT;

import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.WorkerExit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Classifies the end of a failed job. Batch gives free text in two places and an exit code; 137
 * alone says nothing, since a timeout, a reclaimed host and a lack of memory all end with it, so
 * the texts are asked first, in this order.
 */
final class FailureReasons {

  /**
   * @param text lower case, anywhere in the status reason or the container's
   */
  private record Rule(String text, FailureClass failureClass) {}

  private static final List<Rule> RULES =
      List.of(
          new Rule("job attempt duration exceeded timeout", TIMEOUT),
          new Rule("outofmemoryerror", OUT_OF_MEMORY),
          new Rule("container killed due to memory usage", OUT_OF_MEMORY),
          // Of pulls and secrets: asked too often, or not reached this time.
          new Rule("throttlingexception", INFRASTRUCTURE),
          new Rule("rate exceeded", INFRASTRUCTURE),
          new Rule("toomanyrequests", INFRASTRUCTURE),
          new Rule("i/o timeout", INFRASTRUCTURE),
          new Rule("context deadline exceeded", INFRASTRUCTURE),
          new Rule("connection issue between the task", INFRASTRUCTURE),
          // The image or its registry may be wrong; the text of a registry that is only away
          // differs.
          new Rule("cannotpullcontainererror: pull access denied", CONFIGURATION),
          new Rule("cannotpullcontainererror: access denied", CONFIGURATION),
          new Rule("unauthorized", CONFIGURATION),
          new Rule("manifest unknown", CONFIGURATION),
          new Rule("manifest for", CONFIGURATION),
          new Rule("repository does not exist", CONFIGURATION),
          new Rule("invalid reference format", CONFIGURATION),
          new Rule("image manifest does not contain descriptor matching platform", CONFIGURATION),
          new Rule("cannotpull", INFRASTRUCTURE),
          new Rule("the specified log group does not exist", CONFIGURATION),
          new Rule("unable to pull secrets", CONFIGURATION),
          new Rule("unable to retrieve secret", CONFIGURATION),
          new Rule("did not contain json key", CONFIGURATION),
          new Rule("resourceinitializationerror", INFRASTRUCTURE),
          new Rule("executable file not found", CONFIGURATION),
          new Rule("exec format error", CONFIGURATION),
          new Rule("misconfiguration:", CONFIGURATION),
          new Rule("cannotinspectcontainererror", INFRASTRUCTURE),
          new Rule("cannotstartcontainererror", INFRASTRUCTURE),
          new Rule("cannotcreatecontainererror", INFRASTRUCTURE),
          new Rule("dockertimeouterror", INFRASTRUCTURE),
          new Rule("host ec2", INFRASTRUCTURE),
          new Rule("your spot task was interrupted", INFRASTRUCTURE),
          new Rule("spot", INFRASTRUCTURE),
          new Rule("jobstatetimelimit", INFRASTRUCTURE),
          new Rule("capacity", INFRASTRUCTURE),
          new Rule("task failed to start", INFRASTRUCTURE));

  private FailureReasons() {}

  static FailureClass classify(
      @Nullable String statusReason, @Nullable String containerReason, @Nullable Integer exitCode) {
    String text = (statusReason + "\n" + containerReason).toLowerCase(Locale.ROOT);
    for (Rule rule : RULES) {
      if (text.contains(rule.text())) {
        return rule.failureClass();
      }
    }
    if (exitCode != null) {
      for (FailureClass each : FailureClass.values()) {
        if (WorkerExit.of(each).code() == exitCode) {
          return each;
        }
      }
    }
    return INFRASTRUCTURE;
  }
}
