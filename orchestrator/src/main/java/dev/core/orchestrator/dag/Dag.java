package dev.core.orchestrator.dag;

import dev.core.common.definition.TransformationDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The graph of one pipeline: waves of transformations, each behind a spacer. Immutable.
 *
 * <p>A spacer runs nothing; it is the barrier that turns m x n edges between two waves into m + n.
 * Nodes are numbered in the order in which they may run: waves in order, each spacer before its
 * transformations.
 *
 * @param id the pipeline's name
 */
public record Dag(String id, List<Wave> waves, List<Node> nodes) {

  public Dag {
    waves = List.copyOf(waves);
    nodes = List.copyOf(nodes);
  }

  /** Keys of what is not a spacer, in the order in which it may run. */
  public List<String> transformationKeys() {
    return nodes.stream().filter(node -> node instanceof Transformation).map(Node::key).toList();
  }

  /** A spacer or a transformation. */
  public sealed interface Node {
    /** Position in {@link Dag#nodes}. */
    int index();

    /** Unique in the DAG. */
    String key();

    /** Number of its wave, from 0. */
    int wave();

    /** The pipeline state that its wave belongs to. */
    String state();
  }

  /** The barrier before a wave. */
  public record Spacer(int index, String key, int wave, String state) implements Node {}

  /** One use of a template. */
  public record Transformation(
      int index, String key, int wave, String state, TransformationDefinition definition)
      implements Node {}

  /**
   * The transformations of one state with equal graph order.
   *
   * @param number over the whole pipeline, from 0
   * @param spacer index of the spacer; its transformations follow it
   * @param end index after the last transformation
   */
  public record Wave(int number, String state, int spacer, int end) {
    /** How many transformations it has; at least 1. */
    public int size() {
      return end - spacer - 1;
    }
  }

  /** Downstream waits for upstream. */
  public record Edge(String upstream, String downstream) {}

  /** Every edge, in the order of the nodes that they lead to. */
  public List<Edge> edges() {
    var edges = new ArrayList<Edge>();
    for (Wave wave : waves) {
      String spacer = nodes.get(wave.spacer()).key();
      if (wave.number() > 0) {
        transformations(waves.get(wave.number() - 1))
            .forEach(upstream -> edges.add(new Edge(upstream.key(), spacer)));
      }
      transformations(wave).forEach(downstream -> edges.add(new Edge(spacer, downstream.key())));
    }
    return edges;
  }

  /** The transformations of a wave, in the order of their ids. */
  public List<Node> transformations(Wave wave) {
    return nodes.subList(wave.spacer() + 1, wave.end());
  }

  /** The node of that key, if there is one. Looks at every node. */
  public Optional<Node> node(String key) {
    return nodes.stream().filter(node -> node.key().equals(key)).findFirst();
  }

  /** Every key with its index. */
  public Map<String, Integer> indexes() {
    var indexes = new HashMap<String, Integer>();
    nodes.forEach(node -> indexes.put(node.key(), node.index()));
    return indexes;
  }
}
