package dev.core.orchestrator.engine.loop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a task that is split returns: how many partitions it has, and the sum of each number that
 * all of them returned under one name, such as {@code rows}. Used by one thread.
 */
final class ResultSum {

  private static final String PARTITIONS = "partitions";

  private final int of;
  private @Nullable Map<String, BigDecimal> sums;

  ResultSum(int of) {
    this.of = of;
  }

  void add(@Nullable JsonNode result) {
    var numbers = new TreeMap<String, BigDecimal>();
    if (result != null) {
      result
          .properties()
          .forEach(each -> {
            if (each.getValue().isNumber()) {
              numbers.put(each.getKey(), each.getValue().decimalValue());
            }
          });
    }
    if (sums == null) {
      sums = numbers;
    } else {
      sums.keySet().retainAll(numbers.keySet());
      sums.replaceAll((name, sum) -> sum.add(numbers.getOrDefault(name, BigDecimal.ZERO)));
    }
  }

  JsonNode made(JsonNodeFactory nodes) {
    ObjectNode made = nodes.objectNode().put(PARTITIONS, of);
    if (sums != null) {
      sums.forEach((name, sum) -> {
        BigDecimal plain = sum.stripTrailingZeros();
        if (!name.equals(PARTITIONS)) {
          made.put(name, plain.scale() < 0 ? plain.setScale(0) : plain);
        }
      });
    }
    return made;
  }
}
