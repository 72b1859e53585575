package dev.core.common.configuration;

import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** The job queues that the configuration names. */
public final class ConfiguredQueues {

  private ConfiguredQueues() {}

  /** Names and ARNs as they are written. */
  public static TreeSet<String> read(Handle handle) {
    return new TreeSet<>(
        handle
            .select(
                """
                select job_queue from configuration.transformation_templates
                where job_queue is not null
                union
                select job_queue from configuration.transformations
                where job_queue is not null
                """)
            .mapTo(String.class)
            .list());
  }
}
