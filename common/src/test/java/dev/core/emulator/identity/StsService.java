package dev.core.emulator.identity;

import dev.core.emulator.wire.AwsError;
import dev.core.emulator.wire.QueryService;

/** {@code GetCallerIdentity}: everybody is one user of one account. */
public final class StsService implements QueryService {

  private final String account;

  public StsService(String account) {
    this.account = account;
  }

  @Override
  public String call(String form) {
    if (!form.contains("Action=GetCallerIdentity")) {
      throw new AwsError(400, "InvalidAction", "only GetCallerIdentity is emulated");
    }
    return """
    <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
      <GetCallerIdentityResult>
        <Arn>arn:aws:iam::%1$s:user/core</Arn>
        <UserId>AIDACKCEVSQ6C2EXAMPLE</UserId>
        <Account>%1$s</Account>
      </GetCallerIdentityResult>
      <ResponseMetadata><RequestId>01234567-89ab-cdef-0123-456789abcdef</RequestId></ResponseMetadata>
    </GetCallerIdentityResponse>
    """
        .formatted(account);
  }
}
