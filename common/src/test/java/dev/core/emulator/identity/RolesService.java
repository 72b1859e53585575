package dev.core.emulator.identity;

import dev.core.emulator.wire.AwsError;
import dev.core.emulator.wire.QueryService;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** IAM's {@code GetRole}: roles by name, each with the service that may take it. Thread-safe. */
public final class RolesService implements QueryService {

  private static final Pattern ROLE = Pattern.compile("RoleName=([^&]+)");

  private final String account;
  private final Map<String, String> trusted = new ConcurrentHashMap<>();

  public RolesService(String account) {
    this.account = account;
  }

  /** Creates a role that this service may take. */
  public void put(String name, String service) {
    trusted.put(name, service);
  }

  @Override
  public String call(String form) {
    var role = ROLE.matcher(form);
    if (!form.contains("Action=GetRole") || !role.find()) {
      throw new AwsError(400, "InvalidAction", "only GetRole is emulated");
    }
    String name = role.group(1);
    String service = trusted.get(name);
    if (service == null) {
      throw new AwsError(404, "NoSuchEntity", "The role with name " + name + " cannot be found.");
    }
    String policy =
        URLEncoder.encode(
            "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"%s\"},\"Action\":\"sts:AssumeRole\"}]}"
                .formatted(service),
            StandardCharsets.UTF_8);
    return """
    <GetRoleResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
      <GetRoleResult><Role>
        <Path>/</Path><RoleName>%1$s</RoleName><RoleId>AROACKCEVSQ6C2EXAMPLE</RoleId>
        <Arn>arn:aws:iam::%2$s:role/%1$s</Arn><CreateDate>2026-01-01T00:00:00Z</CreateDate>
        <AssumeRolePolicyDocument>%3$s</AssumeRolePolicyDocument>
      </Role></GetRoleResult>
      <ResponseMetadata><RequestId>01234567-89ab-cdef-0123-456789abcdef</RequestId></ResponseMetadata>
    </GetRoleResponse>
    """
        .formatted(name, account, policy);
  }
}
