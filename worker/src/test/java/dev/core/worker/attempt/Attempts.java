package dev.core.worker.attempt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.core.common.json.Json;
import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.WorkOrder;
import dev.core.common.storage.DatasetReader;
import dev.core.common.storage.DatasetStores;
import dev.core.common.storage.RowFormat;
import dev.core.worker.transformation.ChildPrograms;
import dev.core.worker.transformation.Transformation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Runs a transformation in a folder of its own, in the test's thread, without any database. */
public final class Attempts {

  private final Transformation transformation;
  private final Path folder;
  private final Map<String, String> variables = new TreeMap<>();
  private final Map<String, Path> inputs = new TreeMap<>();
  private ChildPrograms children = (_, _) -> 0;
  private int partitions = 1;
  private int partition;
  private @Nullable String root;
  public final List<String> progress = new CopyOnWriteArrayList<>();

  public Attempts(Transformation transformation, Path folder) {
    this.transformation = transformation;
    this.folder = folder;
  }

  public Attempts with(String variable, String value) {
    variables.put(variable, value);
    return this;
  }

  public Attempts reading(String alias, Path path) {
    inputs.put(alias, path);
    return this;
  }

  public Attempts children(ChildPrograms programs) {
    this.children = programs;
    return this;
  }

  public Attempts partition(int index, int count) {
    this.partition = index;
    this.partitions = count;
    return this;
  }

  /** Datasets are kept below {@code s3://bucket/prefix}, not in a folder. */
  public Attempts rootedAt(String place) {
    this.root = place;
    return this;
  }

  public Path outputs() {
    return folder.resolve("outputs");
  }

  public Path scratch() {
    return folder.resolve("scratch");
  }

  public WorkOrder order() {
    var date = Instant.parse("2001-01-01T00:00:00Z");
    var order =
        new Trial(variables, inputs, Map.of(), outputs(), date, partitions)
            .order(transformation.description());
    if (root == null) {
      return order;
    }
    var changed = (ObjectNode) Json.tree(Json.write(order));
    return Json.read(Json.write(changed.put("datasetsRoot", root)), WorkOrder.class);
  }

  /** To its end; what is left in scratch is a fault. */
  public Outcome run() throws Exception {
    var surroundings =
        new Surroundings(
            folder,
            scratch(),
            progress::add,
            name -> "value of " + name,
            new DatasetStores(),
            children,
            LoggerFactory.getLogger("test"));
    try (var context =
        new AttemptContext(order(), transformation.description(), partition, surroundings)) {
      transformation.run(context);
      return context.success();
    } finally {
      if (Files.exists(scratch())) {
        try (var left = Files.list(scratch())) {
          if (left.findAny().isPresent()) {
            throw new AssertionError("the scratch folder was left behind");
          }
        }
      }
    }
  }

  /** The rows of a dataset that was written, as CSV. */
  public static String csv(Outcome outcome, String dataset) throws Exception {
    var written =
        outcome.datasets().stream()
            .filter(each -> each.dataset().equals(dataset))
            .collect(Collectors.toList())
            .getFirst();
    var names = written.files().stream().map(Outcome.WrittenFile::path).toList();
    var out = new StringBuilder();
    try (var reader = DatasetReader.open(written.root(), written.path(), written.format(), names)) {
      reader.write(RowFormat.CSV, -1, out);
    }
    return out.toString();
  }
}
