package dev.core.orchestrator.compute.cloud;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Threads of the cloud backend that are none: what somebody waits for runs at once, in turn, and
 * what nobody waits for is a step of its own.
 */
final class StepwiseThreads extends AbstractExecutorService {

  private final Executor background;
  private final Consumer<StateChanges> follower;

  StepwiseThreads(Executor background, Consumer<StateChanges> follower) {
    this.background = background;
    this.follower = follower;
  }

  @Override
  public void execute(Runnable command) {
    switch (command) {
      case StateChanges changes -> follower.accept(changes);
      case FutureTask<?> awaited -> {
        awaited.run();
        // What is none of the backend's business ends whatever is on the stack.
        if (awaited.state() == Future.State.FAILED
            && awaited.exceptionNow() instanceof RuntimeException e
            && !(e instanceof SdkException)) {
          throw e;
        }
      }
      default -> background.execute(command);
    }
  }

  @Override
  public void shutdown() {}

  @Override
  public List<Runnable> shutdownNow() {
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return true;
  }
}
