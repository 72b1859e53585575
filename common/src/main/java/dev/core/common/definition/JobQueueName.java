package dev.core.common.definition;

import java.util.regex.Pattern;

/** What names a job queue of AWS Batch: its name or its ARN. */
public final class JobQueueName {

  /** What a name may be. */
  public static final String ALLOWED = "letters, digits, '-' and '_', at most 128";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,127}");
  private static final Pattern ARN =
      Pattern.compile("arn:aws[a-z-]*:batch:[a-z0-9-]+:[0-9]{12}:job-queue/" + NAME.pattern());

  private JobQueueName() {}

  public static boolean isOne(String text) {
    return NAME.matcher(text).matches() || ARN.matcher(text).matches();
  }

  /** The name alone. */
  public static String of(String nameOrArn) {
    return nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1);
  }
}
