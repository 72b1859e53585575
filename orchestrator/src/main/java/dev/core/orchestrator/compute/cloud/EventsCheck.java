package dev.core.orchestrator.compute.cloud;

import dev.core.orchestrator.compute.Finding;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** Whether the queue of state changes is there and may be read. */
final class EventsCheck {

  private static final String SUBJECT = "events queue";

  private EventsCheck() {}

  /**
   * @param queue its URL; null: none is wanted
   */
  static Finding finding(AwsClients clients, @Nullable String queue) {
    if (queue == null) {
      return Finding.good(SUBJECT, "none (CORE_BATCH_EVENTS_QUEUE is not set: jobs are looked at)");
    }
    var waiting = QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES;
    return CloudExamination.asking(
        SUBJECT,
        () -> {
          try {
            var attributes =
                clients
                    .queues()
                    .getQueueAttributes(each -> each.queueUrl(queue).attributeNames(waiting))
                    .attributes();
            return Finding.good(
                SUBJECT,
                "%s, about %s events wait".formatted(queue, attributes.getOrDefault(waiting, "?")));
          } catch (QueueDoesNotExistException _) {
            return Finding.bad(
                SUBJECT,
                "there is no queue " + queue,
                "correct CORE_BATCH_EVENTS_QUEUE, or unset it: jobs are looked at then");
          }
        });
  }
}
