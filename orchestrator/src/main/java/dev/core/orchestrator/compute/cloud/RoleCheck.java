package dev.core.orchestrator.compute.cloud;

import dev.core.orchestrator.compute.Finding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.JobDefinition;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;

/** Whether the roles that a job definition names exist and may be taken by containers. */
final class RoleCheck {

  private static final String CONTAINERS = "ecs-tasks.amazonaws.com";

  private final AwsClients clients;

  RoleCheck(AwsClients clients) {
    this.clients = clients;
  }

  List<Finding> findings(JobDefinition definition) {
    var properties = definition.containerProperties();
    var findings = new ArrayList<Finding>();
    boolean needed =
        definition.platformCapabilitiesAsStrings().contains("FARGATE")
            || !properties.secrets().isEmpty();
    String execution = properties.executionRoleArn();
    if (execution == null && needed) {
      findings.add(
          Finding.bad(
              "execution role",
              "the job definition has none, and Fargate and secrets need one",
              "register it with an executionRoleArn"));
    }
    check("execution role", execution, findings);
    check("job role", properties.jobRoleArn(), findings);
    return findings;
  }

  private void check(String subject, @Nullable String arn, List<Finding> findings) {
    if (arn == null) {
      return;
    }
    String name = arn.substring(arn.lastIndexOf('/') + 1);
    findings.add(
        CloudExamination.asking(
            subject,
            () -> {
              try {
                String trust =
                    clients
                        .roles()
                        .getRole(each -> each.roleName(name))
                        .role()
                        .assumeRolePolicyDocument();
                return String.valueOf(trust).contains(CONTAINERS)
                    ? Finding.good(subject, arn)
                    : Finding.bad(
                        subject,
                        arn + " does not trust " + CONTAINERS,
                        "allow sts:AssumeRole to " + CONTAINERS + " in its trust policy");
              } catch (NoSuchEntityException _) {
                return Finding.bad(
                    subject,
                    "there is no role " + arn,
                    "create it, or register the job definition with another");
              }
            }));
  }
}
