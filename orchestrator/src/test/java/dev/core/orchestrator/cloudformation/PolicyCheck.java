package dev.core.orchestrator.cloudformation;

import dev.core.orchestrator.cloudformation.Evaluation.Resource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Whether policy documents are well-formed: IAM finds out only when the stack is made. */
final class PolicyCheck {

  /** Who may take a role, what a role may do, who may do what with a resource. */
  private enum Kind {
    TRUST,
    IDENTITY,
    RESOURCE
  }

  private static final Set<String> OF_STATEMENTS =
      Set.of("Sid", "Effect", "Action", "Resource", "Principal", "Condition");
  private static final Set<String> OPERATORS =
      Set.of("StringEquals", "StringLike", "ArnEquals", "ArnLike", "Bool");

  /** AWS knows no narrower resource of these. */
  private static final Set<String> OF_ALL_RESOURCES =
      Set.of(
          "batch:DescribeComputeEnvironments",
          "batch:DescribeJobDefinitions",
          "batch:DescribeJobQueues",
          "batch:DescribeJobs",
          "batch:ListJobs",
          "ecr:GetAuthorizationToken",
          "logs:DescribeLogGroups");

  private final List<String> problems = new ArrayList<>();

  List<String> problems(Map<String, Resource> resources) {
    resources.forEach((name, resource) -> {
      var properties = resource.properties();
      switch (resource.type()) {
        case "AWS::IAM::Role" -> {
          document(
              name + ".AssumeRolePolicyDocument",
              properties,
              "AssumeRolePolicyDocument",
              Kind.TRUST);
          for (Object policy : Template.list(properties.get("Policies"))) {
            document(
                name + "." + Template.map(policy).get("PolicyName"),
                Template.map(policy),
                "PolicyDocument",
                Kind.IDENTITY);
          }
        }
        case "AWS::IAM::ManagedPolicy" ->
            document(name, properties, "PolicyDocument", Kind.IDENTITY);
        case "AWS::S3::BucketPolicy", "AWS::SQS::QueuePolicy" ->
            document(name, properties, "PolicyDocument", Kind.RESOURCE);
        default -> {}
      }
    });
    return List.copyOf(problems);
  }

  private void document(String place, Map<String, Object> holder, String property, Kind kind) {
    var document = Template.map(holder.get(property));
    if (!document.keySet().equals(Set.of("Version", "Statement"))) {
      problems.add(
          "%s: a policy has Version and Statement, not %s".formatted(place, document.keySet()));
    }
    if (!"2012-10-17".equals(document.get("Version"))) {
      problems.add("%s: Version is '2012-10-17'".formatted(place));
    }
    var sids = new HashSet<String>();
    for (Object each : Template.list(document.get("Statement"))) {
      var statement = Template.map(each);
      Object sid = statement.get("Sid");
      if (sid != null && (!sid.toString().matches("[A-Za-z0-9]+") || !sids.add(sid.toString()))) {
        problems.add(
            "%s: Sid '%s' is not of letters and digits, or comes twice".formatted(place, sid));
      }
      statement(place + (sid == null ? "" : "." + sid), statement, kind);
    }
  }

  private void statement(String place, Map<String, Object> statement, Kind kind) {
    var unknown = new TreeSet<>(statement.keySet());
    unknown.removeAll(OF_STATEMENTS);
    if (!unknown.isEmpty()) {
      problems.add("%s: no element of a statement: %s".formatted(place, unknown));
    }
    if (!List.of("Allow", "Deny").contains(String.valueOf(statement.get("Effect")))) {
      problems.add("%s: Effect is Allow or Deny".formatted(place));
    }
    if (statement.containsKey("Principal") != (kind != Kind.IDENTITY)) {
      problems.add("%s: Principal belongs to policies of trust and of resources".formatted(place));
    }
    if (statement.containsKey("Resource") != (kind != Kind.TRUST)) {
      problems.add("%s: Resource is missing, or stands in a policy of trust".formatted(place));
    }
    for (String operator : Template.map(statement.get("Condition")).keySet()) {
      if (!OPERATORS.contains(operator)) {
        problems.add("%s: operator '%s' of Condition is not known".formatted(place, operator));
      }
    }
    boolean allows = "Allow".equals(statement.get("Effect"));
    List<?> actions = Template.list(statement.get("Action"));
    if (actions.isEmpty()) {
      problems.add("%s: Action is missing".formatted(place));
    }
    for (Object action : actions) {
      if (!action.toString().matches(allows ? "[a-z0-9-]+:[A-Za-z]+" : "[a-z0-9-]+:[A-Za-z*]+")) {
        problems.add("%s: '%s' is no single action".formatted(place, action));
      }
    }
    if (allows && kind != Kind.TRUST) {
      resources(place, actions, Template.list(statement.get("Resource")));
    }
  }

  private void resources(String place, List<?> actions, List<?> resources) {
    for (Object resource : resources) {
      boolean all = resource.equals("*");
      if (all) {
        for (Object action : actions) {
          if (!OF_ALL_RESOURCES.contains(action.toString())) {
            problems.add("%s: %s on every resource".formatted(place, action));
          }
        }
      } else if (!resource.toString().startsWith("arn:")) {
        problems.add("%s: resource '%s' is no ARN".formatted(place, resource));
      }
    }
  }
}
