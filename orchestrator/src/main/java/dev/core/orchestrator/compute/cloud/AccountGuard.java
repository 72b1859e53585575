package dev.core.orchestrator.compute.cloud;

import dev.core.orchestrator.compute.ComputeBackend.BackendUnavailable;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;

/** Keeps jobs from being submitted to an account that was not meant. */
public final class AccountGuard {

  private AccountGuard() {}

  public static void check(StsClient identity, @Nullable String wanted) {
    if (wanted == null) {
      return;
    }
    String actual;
    try {
      actual = identity.getCallerIdentity().account();
    } catch (SdkException e) {
      throw new BackendUnavailable(
          "whose credentials these are cannot be found out: " + AwsTrouble.text(e), e);
    }
    if (!actual.equals(wanted)) {
      throw new WrongAccount(
          "the credentials are those of AWS account %s, and CORE_AWS_ACCOUNT is %s: nothing is submitted"
              .formatted(actual, wanted));
    }
  }
}
