package dev.core.orchestrator.compute.cloud;

import dev.core.orchestrator.compute.Finding;
import software.amazon.awssdk.services.batch.model.JobDefinition;

/** Whether the log group of a job definition is there: without it no job starts. */
final class LogGroupCheck {

  private static final String SUBJECT = "log group";
  private static final String DEFAULT = "/aws/batch/job";

  private LogGroupCheck() {}

  static Finding finding(AwsClients clients, JobDefinition definition) {
    var logging = definition.containerProperties().logConfiguration();
    String group =
        logging == null ? DEFAULT : logging.options().getOrDefault("awslogs-group", DEFAULT);
    return CloudExamination.asking(
        SUBJECT,
        () ->
            clients
                    .logs()
                    .describeLogGroupsPaginator(each -> each.logGroupNamePrefix(group))
                    .logGroups()
                    .stream()
                    .anyMatch(each -> each.logGroupName().equals(group))
                ? Finding.good(SUBJECT, group)
                : Finding.bad(
                    SUBJECT,
                    "there is no log group '%s': no job would start".formatted(group),
                    "aws logs create-log-group --log-group-name " + group));
  }
}
