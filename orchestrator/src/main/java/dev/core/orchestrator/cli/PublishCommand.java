package dev.core.orchestrator.cli;

import dev.core.orchestrator.compute.cloud.publish.PublishPlan;
import dev.core.orchestrator.compute.cloud.publish.Published;
import dev.core.orchestrator.compute.cloud.publish.Publisher;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code core publish}: the image of this clone becomes what jobs of AWS Batch run. */
@Command(
    name = "publish",
    description = {
      "Build the image of CORE, push it to Amazon ECR, and register the job definition that runs it.",
      "In uat and prod the image is tagged with the version, too. Runs under way keep the revision"
          + " that they were sealed with; what is submitted next runs the new one."
    },
    footer = {
      "  core publish --dry-run",
      "  core publish --yes",
      "  core publish --image core:built-elsewhere"
    })
final class PublishCommand implements Callable<Integer> {

  private final Context context;

  @Mixin private Dialog dialog;

  @Option(
      names = "--image",
      paramLabel = "IMAGE",
      description = "Push this image of this machine instead of building one.")
  private @Nullable String image;

  @Option(names = "--again", description = "Replace the image of a version that is published.")
  private boolean again;

  @SuppressWarnings("NullAway.Init") // picocli makes the mixin
  PublishCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    dialog.requireAnswerable(context);
    var settings = context.settings();
    try (Publisher publisher =
        context.engine().publisher(settings, context.startDirectory(), this::progress)) {
      PublishPlan plan = publisher.plan(image, Version.number(), again);
      if (dialog.dryRun()) {
        context.answer(plan, () -> show(plan));
        return ExitCode.DONE;
      }
      show(plan);
      if (!dialog.agreed(context)) {
        context.say("nothing was published");
        return ExitCode.REFUSED;
      }
      Published published = publisher.publish(plan);
      context.answer(published, () -> show(published));
      return ExitCode.DONE;
    }
  }

  private void show(PublishPlan plan) {
    context.say("account         " + plan.account());
    context.say(
        "image           "
            + (plan.image() == null
                ? "built for "
                    + plan.platform()
                    + (plan.commit().isEmpty() ? "" : " of commit " + plan.commit())
                : plan.image()));
    context.say(
        "goes to         %s with %s".formatted(plan.address(), String.join(", ", plan.tags())));
    context.say("job definition  " + plan.definition());
    plan.warnings().forEach(warning -> context.say("careful         " + warning));
  }

  private void show(Published published) {
    context.say("published " + published.image());
    context.say(
        published.registered()
            ? "registered " + published.definition()
            : published.definition() + " runs it already");
  }

  private void progress(String line) {
    var err = context.console().err();
    err.println(line);
    err.flush();
  }
}
