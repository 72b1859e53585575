package dev.core.orchestrator.cloudformation;

import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * What AWS would give a resource that is made: names, ARNs and attributes in their form.
 *
 * @param name the logical one
 * @param type such as {@code AWS::SQS::Queue}
 * @param property gives the resolved value of a property, or something for one that is not set
 */
record MadeUp(String name, String type, UnaryOperator<String> property) {

  static final String ACCOUNT = "123456789012";
  static final String REGION = "eu-central-1";

  /** For !Ref, of the kind that is known of its type. */
  String ref(String kind) {
    return switch (kind) {
      case "arn" -> arn();
      case "name" -> "core-" + name;
      case "id" -> lower() + "-0123456789abcdef0";
      case "url" ->
          "https://sqs.%s.amazonaws.com/%s/%s"
              .formatted(REGION, ACCOUNT, property.apply("QueueName"));
      default -> property.apply(kind);
    };
  }

  /** For !GetAtt. */
  String attribute(String attribute) {
    return switch (attribute) {
      case "RepositoryUri" ->
          "%s.dkr.ecr.%s.amazonaws.com/%s"
              .formatted(ACCOUNT, REGION, property.apply("RepositoryName"));
      case "Endpoint.Address" -> "database.internal";
      default -> attribute.endsWith("Arn") ? arn() : lower() + "-0123";
    };
  }

  private String arn() {
    String[] parts = type.split("::", -1);
    String service = parts[1].toLowerCase(Locale.ROOT);
    return switch (service) {
      case "s3" -> "arn:aws:s3:::" + property.apply("BucketName");
      case "iam" ->
          "arn:aws:iam::%s:%s/%s"
              .formatted(ACCOUNT, parts[2].equals("ManagedPolicy") ? "policy" : "role", name);
      default -> "arn:aws:%s:%s:%s:%s/%s".formatted(service, REGION, ACCOUNT, parts[2], name);
    };
  }

  private String lower() {
    return name.toLowerCase(Locale.ROOT);
  }
}
