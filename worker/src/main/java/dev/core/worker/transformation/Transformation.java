package dev.core.worker.transformation;

/**
 * A kind of work. Found by {@link java.util.ServiceLoader}, so it needs a public constructor
 * without parameters.
 *
 * <p>One instance serves many attempts, also at the same time: keep no state in fields. An attempt
 * may be run again after a crash, with an output folder of its own; what is written there counts
 * only if the attempt succeeds, but what is done elsewhere (a mail, a row in a foreign database)
 * stays done.
 */
public interface Transformation {

  /** Always the same; cheap, and without side effects. */
  TransformationDescription description();

  /**
   * Does the work. Returning means success; any exception is a failure of the user's, {@link
   * ConfigurationFault} one that no repetition would cure. An interrupt asks it to end soon; let
   * {@link InterruptedException} through.
   */
  void run(TransformationContext context) throws Exception;
}
