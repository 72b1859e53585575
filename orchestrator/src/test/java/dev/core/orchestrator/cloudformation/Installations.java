package dev.core.orchestrator.cloudformation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The template, and sets of parameters which together take every branch of it. */
final class Installations {

  static final Map<String, String> USUAL = Map.of();
  static final Map<String, String> OPEN_TO_PEOPLE = Map.of("AccessCidr", "203.0.113.7/32");
  static final Map<String, String> ON_EC2 = Map.of("Environment", "uat", "Platform", "ec2-spot");
  static final Map<String, String> ON_DEMAND_IN_A_NETWORK_OF_OURS =
      Map.of(
          "Environment", "prod",
          "Platform", "fargate",
          "VpcId", "vpc-0123456789abcdef0",
          "SubnetIds", "subnet-0123456789abcdef0,subnet-0123456789abcdef1");
  static final Map<String, String> ON_A_DATABASE_OF_OURS =
      Map.of("CreateDatabase", "no", "DatabaseHost", "postgres.example.org");

  static final List<Map<String, String>> ALL =
      List.of(USUAL, OPEN_TO_PEOPLE, ON_EC2, ON_DEMAND_IN_A_NETWORK_OF_OURS, ON_A_DATABASE_OF_OURS);

  private Installations() {}

  static String text() {
    try {
      return Files.readString(Path.of("../docs/aws/core.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Evaluation of(Map<String, String> parameters) {
    return new Evaluation(Template.parse(text()), ResourceTypes.load(), parameters);
  }
}
