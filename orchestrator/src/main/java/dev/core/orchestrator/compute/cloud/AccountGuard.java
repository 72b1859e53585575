package dev.core.orchestrator.compute.cloud;

import dev.core.orchestrator.compute.ComputeBackend.BackendUnavailable;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;

/** Keeps jobs from being submitted to an account that was not meant. */
public final class AccountGuard {

  private AccountGuard() {}

  /**
   * @param wanted null: any account will do, and nobody is asked
   * @throws WrongAccount if the credentials are of another
   * @throws BackendUnavailable if AWS does not say whose they are
   */
  static void check(StsClient identity, @Nullable String wanted) {
    if (wanted != null) {
      var _ = account(identity, wanted);
    }
  }

  /**
   * Whose the credentials are.
   *
   * @param wanted null: any account will do
   * @throws WrongAccount if they are of another
   * @throws BackendUnavailable if AWS does not say whose they are
   */
  public static String account(StsClient identity, @Nullable String wanted) {
    String actual;
    try {
      actual = identity.getCallerIdentity().account();
    } catch (SdkException e) {
      throw new BackendUnavailable(
          "whose credentials these are cannot be found out: " + AwsTrouble.text(e), e);
    }
    if (wanted != null && !actual.equals(wanted)) {
      throw new WrongAccount(
          "the credentials are those of AWS account %s, and CORE_AWS_ACCOUNT is %s: nothing is submitted"
              .formatted(actual, wanted));
    }
    return actual;
  }
}
