package dev.core.orchestrator.dag;

import java.util.stream.Collectors;

/**
 * A DAG as text, in three languages: for people, Mermaid and Graphviz. Every text ends with a line
 * break.
 */
public final class DagText {

  private DagText() {}

  /** One block for each wave: the spacer, then its transformations indented below it. */
  public static String plain(Dag dag) {
    var text = new StringBuilder(dag.id()).append('\n');
    for (var wave : dag.waves()) {
      text.append(wave.number() == 0 ? "" : "  |\n");
      text.append("  o ").append(dag.nodes().get(wave.spacer()).key()).append('\n');
      for (var node : dag.transformations(wave)) {
        var last = node.index() == wave.end() - 1;
        text.append(last ? "  `-- " : "  |-- ").append(label(node)).append('\n');
      }
    }
    return text.toString();
  }

  /** A Mermaid flow chart, each state a box. */
  public static String mermaid(Dag dag) {
    var text = new StringBuilder("flowchart TD\n");
    for (var wave : dag.waves()) {
      text.append("  subgraph wave_%d[\"%s\"]\n".formatted(wave.number(), quoted(wave.state())));
      for (var node : dag.nodes().subList(wave.spacer(), wave.end())) {
        text.append("    ").append(node(node, "n%d((\"%s\"))", "n%d[\"%s\"]")).append('\n');
      }
      text.append("  end\n");
    }
    var indexes = dag.indexes();
    for (var edge : dag.edges()) {
      text.append(
          "  n%d --> n%d\n"
              .formatted(indexes.get(edge.upstream()), indexes.get(edge.downstream())));
    }
    return text.toString();
  }

  /** A Graphviz digraph. */
  public static String dot(Dag dag) {
    return "digraph \"%s\" {\n  rankdir=TB;\n".formatted(quoted(dag.id()))
        + dag.nodes().stream()
            .map(node ->
                switch (node) {
                  case Dag.Spacer spacer ->
                      "  \"%s\" [shape=point];\n".formatted(quoted(spacer.key()));
                  case Dag.Transformation work ->
                      "  \"%s\" [shape=box, label=\"%s\\n%s\"];\n"
                          .formatted(quoted(work.key()), quoted(label(work)), quoted(work.state()));
                })
            .collect(Collectors.joining())
        + dag.edges().stream()
            .map(edge ->
                "  \"%s\" -> \"%s\";\n"
                    .formatted(quoted(edge.upstream()), quoted(edge.downstream())))
            .collect(Collectors.joining())
        + "}\n";
  }

  private static String node(Dag.Node node, String spacer, String transformation) {
    return switch (node) {
      case Dag.Spacer _ -> spacer.formatted(node.index(), quoted(node.key()));
      case Dag.Transformation _ -> transformation.formatted(node.index(), quoted(label(node)));
    };
  }

  /** Its key, and in how many partitions it is split, as the configuration says it. */
  private static String label(Dag.Node node) {
    return node instanceof Dag.Transformation work && work.definition().partitions() != null
        ? "%s (%s partitions)".formatted(work.key(), work.definition().partitions())
        : node.key();
  }

  private static String quoted(String name) {
    return name.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
