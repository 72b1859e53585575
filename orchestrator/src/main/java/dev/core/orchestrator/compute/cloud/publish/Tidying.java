package dev.core.orchestrator.compute.cloud.publish;

import dev.core.common.settings.Environment;
import dev.core.orchestrator.compute.cloud.AccountGuard;
import dev.core.orchestrator.compute.cloud.AwsClients;
import dev.core.orchestrator.compute.cloud.AwsTrouble;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Removes what a branch published: its job definitions, also those made after them for other
 * images, and its image. Jobs that run are not touched. Used by one thread.
 */
public final class Tidying implements AutoCloseable {

  private final PublishOptions options;
  private final AwsClients clients;
  private final Registry registry;
  private final Definitions definitions;

  Tidying(PublishOptions options, AwsClients clients) {
    this.options = options;
    this.clients = clients;
    this.registry = new Registry(clients.images(), options.repository());
    this.definitions = new Definitions(clients.batch());
  }

  /**
   * Region, credentials and endpoints are found as the AWS SDK finds them.
   *
   * @throws PublishingRefused outside of dev, and for what is no branch's own
   */
  public static Tidying open(PublishOptions options) {
    var problems = new ArrayList<String>();
    if (options.environment() != Environment.DEV) {
      problems.add(
          "CORE_ENV is '%s': only what branches of dev published is tidied away"
              .formatted(options.environment().text()));
    } else if (!options.isOfBranch()) {
      problems.add("CORE_BRANCH is 'main', whose image and job definition are those of everybody");
    } else if (isShared(options.definition())) {
      problems.add(
          "job definition '%s' is that of an environment, not of branch '%s'"
              .formatted(options.definition(), options.branch()));
    }
    if (!problems.isEmpty()) {
      throw new PublishingRefused(problems);
    }
    return new Tidying(options, AwsClients.open(_ -> {}));
  }

  /** A branch may have the name of an environment. */
  private static boolean isShared(String definition) {
    for (Environment each : Environment.values()) {
      for (String role : List.of("core_", "core_orchestrator_", "core_migrate_")) {
        if (definition.equals(role + each.text())) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * What there is, and would be removed.
   *
   * @throws dev.core.orchestrator.compute.cloud.WrongAccount if the credentials are of another
   *     account
   */
  public Leftovers leftovers() {
    String account = AccountGuard.account(clients.identity(), options.account());
    try {
      return new Leftovers(
          account,
          definitions.ofBranch(options.definition()).stream()
              .map(each -> each.jobDefinitionName() + ":" + each.revision())
              .toList(),
          registry.digest(options.tag()).stream()
              .map(_ -> options.repository() + ":" + options.tag())
              .toList());
    } catch (SdkException e) {
      throw new PublishingRefused(AwsTrouble.text(e), e);
    }
  }

  /** Removes what there is now. What was removed before an error stays so; repeating goes on. */
  public void remove() {
    try {
      definitions.ofBranch(options.definition()).forEach(definitions::deregister);
      if (registry.digest(options.tag()).isPresent()) {
        registry.remove(options.tag());
      }
    } catch (SdkException e) {
      throw new PublishingRefused(AwsTrouble.text(e), e);
    }
  }

  @Override
  public void close() {
    clients.close();
  }
}
