package dev.core.worker.transformation;

import dev.core.common.protocol.WorkOrder;
import dev.core.common.secrets.SecretProblem;
import dev.core.common.secrets.SecretShape;
import dev.core.worker.transformation.ChildPrograms.ChildProgram;
import dev.core.worker.transformation.ChildPrograms.LineSink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;

/** All that a transformation knows of its attempt, and all by which it speaks. */
public interface TransformationContext {

  /** The sealed order: pipeline, client, brand, task, attempt, resources … */
  WorkOrder order();

  /** Its variables, typed. */
  Variables variables();

  /** Parameters of the run, by name. */
  default Map<String, String> parameters() {
    return order().parameters();
  }

  /** The instant that the run is about. */
  default Instant logicalDate() {
    return order().logicalDate();
  }

  /** All datasets to read, by alias. */
  Map<String, InputDataset> inputs();

  /** The datasets that a variable names, by alias order; empty when it is not set. */
  default List<InputDataset> inputs(String variable) {
    return inputs().values().stream().filter(input -> input.variable().equals(variable)).toList();
  }

  /**
   * The one dataset that a variable names.
   *
   * @throws ConfigurationFault if it names none or several
   */
  default InputDataset input(String variable) {
    var named = inputs(variable);
    if (named.size() != 1) {
      throw new ConfigurationFault(
          "variable '" + variable + "' must name one dataset, but names " + named.size());
    }
    return named.getFirst();
  }

  /** Whether an output variable is set. */
  default boolean writes(String variable) {
    return order().outputs().containsKey(variable);
  }

  /**
   * The dataset that an output variable names; its folder is made at the first call.
   *
   * @throws ConfigurationFault if the variable is not set
   */
  OutputDataset output(String variable) throws IOException;

  /** From 0: which slice of the task this is. */
  int partition();

  /** How many slices the task has; 1: it is not split. */
  default int partitions() {
    return order().partitions();
  }

  /** Says how far it is, in a few words; cheap, may be called often. */
  void progress(String text);

  /** Says how far it is, from 0 to 1. */
  default void progress(double fraction) {
    progress(Math.round(Math.clamp(fraction, 0, 1) * 100) + " %");
  }

  /**
   * The value of the secret that a variable names.
   *
   * @throws ConfigurationFault if the variable is not set or there is no such secret
   */
  String secret(String variable);

  /**
   * The value of a secret by its name, such as {@code sftp/partner/read}.
   *
   * @throws ConfigurationFault if there is no such secret
   */
  String secretNamed(String name);

  /**
   * The same, read as what it is made of, such as {@link SecretShape#DATABASE}.
   *
   * @throws ConfigurationFault if there is no such secret, or keys are missing in it
   */
  default <T> T secret(String variable, SecretShape<T> shape) {
    var name = variables().string(variable);
    try {
      return shape.read(name, secretNamed(name));
    } catch (SecretProblem e) {
      throw new ConfigurationFault(String.valueOf(e.getMessage()), e);
    }
  }

  /** What {@code ${task.<key>.result.x}} gives to tasks downstream; the last call counts. */
  void result(Object value);

  /** Its lines are the task's log. */
  Logger logger();

  /** A folder for this attempt alone, made at the first call, removed afterwards. */
  Path scratch() throws IOException;

  /** Relative paths of the outside world start here: where the worker was started. */
  Path workingDirectory();

  /** Runs another program to its end; see {@link ChildPrograms#run}. */
  int run(ChildProgram program, LineSink lines) throws IOException, InterruptedException;

  /**
   * Call it in long loops.
   *
   * @throws InterruptedException if the attempt should end
   */
  default void checkpoint() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("the attempt was asked to end");
    }
  }
}
