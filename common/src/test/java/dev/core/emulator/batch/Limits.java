package dev.core.emulator.batch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.core.emulator.wire.AwsError;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What Batch refuses, with what it says. */
final class Limits {

  private static final int REQUEST_BYTES_AT_MOST = 30 * 1024;
  private static final Pattern SHARE = Pattern.compile("[A-Za-z0-9]{1,255}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,127}");

  /** MiB by vCPU: first, last, step. */
  private static final Map<String, List<Integer>> FARGATE =
      Map.of(
          "0.5", List.of(1024, 4096, 1024),
          "1", List.of(2048, 8192, 1024),
          "2", List.of(4096, 16_384, 1024),
          "4", List.of(8192, 30_720, 1024),
          "8", List.of(16_384, 61_440, 4096),
          "16", List.of(32_768, 122_880, 8192));

  private Limits() {}

  static void name(String what, String value) {
    if (!NAME.matcher(value).matches()) {
      String noun = what.equals("jobName") ? "Job name" : what;
      throw refused(noun + " should match valid pattern");
    }
  }

  static void tags(JsonNode tags) {
    if (tags.size() > 50) {
      throw refused("Too many tags");
    }
    tags.fields()
        .forEachRemaining(tag -> {
          if (tag.getKey().isEmpty()
              || tag.getKey().length() > 128
              || tag.getKey().startsWith("aws:")
              || tag.getValue().asText().length() > 256
              || !legal(tag.getKey())
              || !legal(tag.getValue().asText())) {
            throw refused("Tag " + tag.getKey() + " is not valid");
          }
        });
  }

  private static boolean legal(String text) {
    return text.codePoints()
        .allMatch(c ->
            Character.isLetterOrDigit(c) || Character.isSpaceChar(c) || "_.:/=+-@".indexOf(c) >= 0);
  }

  static void submission(JsonNode request, boolean fairShare) {
    name("jobName", request.path("jobName").asText());
    tags(request.path("tags"));
    if (request.toString().getBytes(StandardCharsets.UTF_8).length > REQUEST_BYTES_AT_MOST) {
      throw refused("Request is too large");
    }
    if (request.path("dependsOn").size() > 20) {
      throw refused("Too many dependencies");
    }
    JsonNode size = request.path("arrayProperties").path("size");
    if (!size.isMissingNode() && (size.asInt() < 2 || size.asInt() > 10_000)) {
      throw refused("Array size must be between 2 and 10000");
    }
    JsonNode timeout = request.path("timeout").path("attemptDurationSeconds");
    if (!timeout.isMissingNode() && timeout.asInt() < 60) {
      throw refused("Timeout must be at least 60 seconds");
    }
    JsonNode attempts = request.path("retryStrategy").path("attempts");
    if (!attempts.isMissingNode() && (attempts.asInt() < 1 || attempts.asInt() > 10)) {
      throw refused("Attempts must be between 1 and 10");
    }
    if (request.has("shareIdentifier") != fairShare) {
      throw refused(
          fairShare
              ? "Job queue has a scheduling policy: shareIdentifier is required"
              : "shareIdentifier cannot be given for a job queue without scheduling policy");
    }
    if (fairShare && !SHARE.matcher(request.path("shareIdentifier").asText()).matches()) {
      throw refused("shareIdentifier should match valid pattern");
    }
    JsonNode priority = request.path("schedulingPriorityOverride");
    if (!priority.isMissingNode() && (priority.asInt() < 0 || priority.asInt() > 9999)) {
      throw refused("Scheduling priority must be between 0 and 9999");
    }
    if (!priority.isMissingNode() && !fairShare) {
      throw refused(
          "schedulingPriorityOverride cannot be given for a job queue without scheduling policy");
    }
    overrides(request.path("containerOverrides"));
  }

  static void platform(boolean fargate, JsonNode capabilities) {
    boolean asked = false;
    for (JsonNode each : capabilities) {
      asked |= each.asText().equals("FARGATE");
    }
    if (asked != fargate) {
      throw refused(
          "Job Queue is attached to Compute Environment that can not run Jobs with capability "
              + (asked ? "FARGATE" : "EC2"));
    }
  }

  static void size(boolean fargate, String vcpu, String memory) {
    if (fargate) {
      fargate(vcpu, memory);
    } else if (new BigDecimal(vcpu).compareTo(BigDecimal.ONE) < 0 || Integer.parseInt(memory) < 4) {
      throw refused("resource requirements (%s vCPU, %s MiB) not valid.".formatted(vcpu, memory));
    }
  }

  private static void overrides(JsonNode overrides) {
    for (JsonNode word : overrides.path("command")) {
      if (word.asText().isEmpty()) {
        throw refused("Container command cannot contain an empty string");
      }
    }
    for (JsonNode variable : overrides.path("environment")) {
      if (variable.path("name").asText().startsWith("AWS_BATCH")) {
        throw refused("Environment variable names may not start with AWS_BATCH");
      }
    }
    if (overrides.has("vcpus") || overrides.has("memory")) {
      throw refused(
          "This value was submitted in a deprecated key and may conflict with the value provided by"
              + " the job definition's resource requirements.");
    }
  }

  private static void fargate(String vcpu, String memory) {
    boolean valid =
        vcpu.equals("0.25")
            ? List.of("512", "1024", "2048").contains(memory)
            : FARGATE.containsKey(vcpu) && inSteps(FARGATE.get(vcpu), memory);
    if (!valid) {
      throw refused(
          "Fargate resource requirements (%s vCPU, %s MiB) not valid.".formatted(vcpu, memory));
    }
  }

  private static boolean inSteps(List<Integer> range, String memory) {
    int wanted = Integer.parseInt(memory);
    return wanted >= range.get(0)
        && wanted <= range.get(1)
        && (wanted - range.get(0)) % range.get(2) == 0;
  }

  static AwsError refused(String why) {
    return AwsError.client("Error executing request, Exception : " + why + ", RequestId: emulated");
  }
}
