package dev.core.orchestrator.cloudformation;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which actions of IAM the code needs: read from the calls of SDK clients in its class files. */
final class AwsCalls {

  private static final Pattern CLIENT =
      Pattern.compile("software\\.amazon\\.awssdk\\.services\\.([a-z0-9]+)\\.[A-Za-z0-9]+Client");

  /** Of packages of the SDK, as IAM writes them. */
  private static final Map<String, String> SERVICES = Map.of("cloudwatchlogs", "logs");

  /** Operations that are not allowed by their own name, or not by it alone. */
  private static final Map<String, List<String>> SPECIAL =
      Map.ofEntries(
          Map.entry("s3:ListObjectsV2", List.of("s3:ListBucket")),
          Map.entry("s3:HeadObject", List.of("s3:GetObject")),
          Map.entry("s3:CopyObject", List.of("s3:GetObject", "s3:PutObject")),
          Map.entry("s3:CreateMultipartUpload", List.of("s3:PutObject")),
          Map.entry("s3:UploadPart", List.of("s3:PutObject")),
          Map.entry("s3:UploadPartCopy", List.of("s3:GetObject", "s3:PutObject")),
          Map.entry("s3:CompleteMultipartUpload", List.of("s3:PutObject")),
          Map.entry("sqs:DeleteMessageBatch", List.of("sqs:DeleteMessage")),
          Map.entry("batch:SubmitJob", List.of("batch:SubmitJob", "batch:TagResource")),
          Map.entry(
              "batch:RegisterJobDefinition",
              List.of("batch:RegisterJobDefinition", "batch:TagResource", "iam:PassRole")),
          // Everybody may ask who they are.
          Map.entry("sts:GetCallerIdentity", List.of()));

  private final JavaClasses code;

  AwsCalls() {
    code =
        ArchConfiguration.withThreadLocalScope(configuration -> {
          // The clients themselves need not be read, and are large.
          configuration.setResolveMissingDependenciesFromClassPath(false);
          return new ClassFileImporter()
              .importPackages(
                  "dev.core.common.storage",
                  "dev.core.common.secrets",
                  "dev.core.orchestrator.compute.cloud");
        });
  }

  /** Actions for the calls of classes whose full names fit. */
  Set<String> actions(Predicate<String> className) {
    var actions = new TreeSet<String>();
    for (var each : code) {
      if (!className.test(each.getName()) || !isOfTheProduct(each.getName())) {
        continue;
      }
      for (var call : each.getMethodCallsFromSelf()) {
        var client = CLIENT.matcher(call.getTargetOwner().getName());
        String method = call.getTarget().getName();
        if (client.matches()
            && !Set.of("builder", "close", "serviceClientConfiguration").contains(method)) {
          String operation = method.replaceFirst("Paginator$", "");
          String name =
              SERVICES.getOrDefault(client.group(1), client.group(1))
                  + ":"
                  + Character.toUpperCase(operation.charAt(0))
                  + operation.substring(1);
          actions.addAll(SPECIAL.getOrDefault(name, List.of(name)));
        }
      }
    }
    return actions;
  }

  /** Tests may be compiled into the same folder. */
  private static boolean isOfTheProduct(String className) {
    String file = className.replaceFirst("\\$.*", "").replace('.', '/') + ".java";
    return Stream.of("common", "orchestrator")
        .anyMatch(module -> Files.exists(Path.of("..", module, "src/main/java", file)));
  }
}
