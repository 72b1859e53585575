package dev.core.worker.attempt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.core.common.json.Json;
import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.WorkOrder;
import dev.core.common.storage.DatasetPath;
import dev.core.common.storage.s3.S3Location;
import dev.core.worker.dataset.DatasetFolders;
import dev.core.worker.dataset.OutputFolder;
import dev.core.worker.transformation.ChildPrograms.ChildProgram;
import dev.core.worker.transformation.ChildPrograms.LineSink;
import dev.core.worker.transformation.ConfigurationFault;
import dev.core.worker.transformation.InputDataset;
import dev.core.worker.transformation.OutputDataset;
import dev.core.worker.transformation.TransformationContext;
import dev.core.worker.transformation.TransformationDescription;
import dev.core.worker.transformation.Variables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The context of one partition of one attempt. Costs nothing until something is asked of it: no
 * folder is made that is not needed. Close it when the attempt has ended, however it ended; its
 * scratch folder goes then. Used by the thread of the transformation alone.
 */
public final class AttemptContext implements TransformationContext, AutoCloseable {

  private final WorkOrder order;
  private final int partition;
  private final Surroundings surroundings;
  private final Variables variables;
  private final Map<String, OutputFolder> outputs = new LinkedHashMap<>();
  private @Nullable Map<String, InputDataset> inputs;
  private @Nullable Path scratch;
  private @Nullable JsonNode result;

  /**
   * @param description whose defaults stand in for variables that the order does not name
   */
  public AttemptContext(
      WorkOrder order,
      TransformationDescription description,
      int partition,
      Surroundings surroundings) {
    this.order = order;
    this.partition = partition;
    this.surroundings = surroundings;
    this.variables = new Variables(withDefaults(order, description));
  }

  private static Map<String, WorkOrder.Variable> withDefaults(
      WorkOrder order, TransformationDescription description) {
    var variables = new TreeMap<>(order.variables());
    description
        .variables()
        .forEach((name, declared) -> {
          if (declared.defaultValue() != null) {
            variables.putIfAbsent(
                name, new WorkOrder.Variable(declared.datatype(), declared.defaultValue()));
          }
        });
    return variables;
  }

  /** What to report when the transformation has returned. */
  public Outcome success() {
    var written =
        outputs.values().stream().flatMap(output -> output.dataset(order).stream()).toList();
    return Outcome.success(result, written);
  }

  /** Removes the scratch folder. */
  @Override
  public void close() throws IOException {
    if (scratch != null) {
      DatasetFolders.delete(scratch);
      scratch = null;
    }
  }

  @Override
  public WorkOrder order() {
    return order;
  }

  @Override
  public Variables variables() {
    return variables;
  }

  @Override
  public Map<String, InputDataset> inputs() {
    var known = inputs;
    if (known == null) {
      known = new TreeMap<>();
      for (var input : order.inputs().entrySet()) {
        known.put(input.getKey(), fetched(input.getKey(), input.getValue()));
      }
      inputs = known;
    }
    return known;
  }

  private InputDataset fetched(String alias, WorkOrder.Input input) {
    try {
      return DatasetFolders.input(alias, input, surroundings.stores(), staging("inputs", alias));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "dataset %s cannot be read: %s".formatted(input.name(), e.getMessage()), e);
    }
  }

  /** Below the scratch folder, which is only made where datasets are not kept in a folder. */
  private Path staging(String kind, String name) throws IOException {
    return S3Location.isOne(order.datasetsRoot())
            || order.inputs().values().stream().anyMatch(each -> S3Location.isOne(each.root()))
        ? scratch().resolve(kind).resolve(DatasetPath.segment(name))
        : surroundings.scratchRoot();
  }

  @Override
  public OutputDataset output(String variable) throws IOException {
    var known = outputs.get(variable);
    if (known != null) {
      return known;
    }
    var output = order.outputs().get(variable);
    if (output == null) {
      throw new ConfigurationFault("variable '" + variable + "' names no dataset to write");
    }
    var made =
        OutputFolder.make(
            variable,
            output,
            surroundings.stores(),
            order.datasetsRoot(),
            staging("outputs", variable),
            partition,
            order.partitions());
    outputs.put(variable, made);
    return made;
  }

  @Override
  public int partition() {
    return partition;
  }

  @Override
  public void progress(String text) {
    surroundings.progress().accept(text);
  }

  @Override
  public String secret(String variable) {
    return secretNamed(variables.string(variable));
  }

  @Override
  public String secretNamed(String name) {
    return surroundings.secrets().value(name);
  }

  @Override
  public void result(Object value) {
    result = Json.tree(value);
  }

  @Override
  public Logger logger() {
    return surroundings.logger();
  }

  @Override
  public Path scratch() throws IOException {
    var known = scratch;
    if (known == null) {
      Files.createDirectories(surroundings.scratchRoot());
      known =
          Files.createTempDirectory(
              surroundings.scratchRoot().toRealPath(), "attempt-" + order.attempt() + "-");
      scratch = known;
    }
    return known;
  }

  @Override
  public Path workingDirectory() {
    return surroundings.workingDirectory();
  }

  @Override
  public int run(ChildProgram program, LineSink lines) throws IOException, InterruptedException {
    return surroundings.children().run(program, lines);
  }
}
