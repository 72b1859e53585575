package dev.core.orchestrator.compute.cloud;

import dev.core.orchestrator.compute.Finding;
import org.jspecify.annotations.Nullable;

/** Whose credentials are found. */
final class AccountCheck {

  private static final String SUBJECT = "account";

  private AccountCheck() {}

  /**
   * @param wanted null: any account
   */
  static Finding finding(AwsClients clients, @Nullable String wanted) {
    return CloudExamination.asking(
        SUBJECT,
        () -> {
          String account = clients.identity().getCallerIdentity().account();
          if (wanted == null) {
            return Finding.good(SUBJECT, account + " (CORE_AWS_ACCOUNT is not set: any will do)");
          }
          return account.equals(wanted)
              ? Finding.good(SUBJECT, account)
              : Finding.bad(
                  SUBJECT,
                  "the credentials are those of %s, and CORE_AWS_ACCOUNT is %s"
                      .formatted(account, wanted),
                  "use credentials of " + wanted + ", or correct CORE_AWS_ACCOUNT");
        });
  }
}
