package dev.core.common.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.core.common.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Hides the values of secrets that this process has been told, wherever they turn up in what it is
 * about to show or store: as they are, line by line, and as JSON and URLs write them. Values of
 * fewer than four characters cannot be told from other text and are not hidden. Thread-safe.
 */
public final class Masking {

  /** What is shown in place of a value. */
  public static final String MASK = "(hidden)";

  private static final int SHORTEST = 4;

  /** A line of a longer value, such as of a private key. */
  private static final int SHORTEST_LINE = 12;

  /** Members of secrets that say how to log in, not with what, are no secrets. */
  private static final Pattern SECRET_MEMBER =
      Pattern.compile("pass|secret|token|key|credential|pin$", Pattern.CASE_INSENSITIVE);

  private static volatile String[] values = {};

  private Masking() {}

  /** From now on this value is hidden, in this process. */
  static void add(String value) {
    var wanted = new TreeSet<String>();
    collect(value, wanted);
    synchronized (Masking.class) {
      wanted.addAll(java.util.List.of(values));
      if (wanted.size() > values.length) {
        // The longest first: another may be a part of it.
        values =
            wanted.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toArray(String[]::new);
      }
    }
  }

  private static void collect(String value, TreeSet<String> wanted) {
    String text = value.strip();
    if (text.length() < SHORTEST) {
      return;
    }
    if (text.startsWith("{") || text.startsWith("[")) {
      try {
        members(Json.tree(text), wanted);
      } catch (Json.MalformedJson _) {
        // Then it is a text like any other.
      }
    }
    wanted.add(text);
    String written = Json.write(text);
    wanted.add(written.substring(1, written.length() - 1));
    wanted.add(URLEncoder.encode(text, StandardCharsets.UTF_8));
    if (text.indexOf('\n') >= 0) {
      text.lines()
          .map(String::strip)
          .filter(line -> line.length() >= SHORTEST_LINE && !line.startsWith("-----"))
          .forEach(wanted::add);
    }
  }

  private static void members(JsonNode tree, TreeSet<String> wanted) {
    var shown = new TreeSet<String>();
    tree.properties().stream()
        .filter(member -> !SECRET_MEMBER.matcher(member.getKey()).find())
        .forEach(member -> shown.add(member.getValue().asText()));
    tree.properties()
        .forEach(member -> {
          // A password that is the user's name is known to all who know that.
          if (member.getValue().isTextual()
              && SECRET_MEMBER.matcher(member.getKey()).find()
              && !shown.contains(member.getValue().asText())) {
            collect(member.getValue().asText(), wanted);
          }
        });
    tree.forEach(each -> {
      if (each.isContainerNode()) {
        members(each, wanted);
      }
    });
  }

  /** The text without values of secrets. */
  public static String mask(String text) {
    String masked = text;
    for (String value : values) {
      if (masked.contains(value)) {
        masked = masked.replace(value, MASK);
      }
    }
    return masked;
  }

  /** The same JSON without values of secrets, in names of members as well. */
  public static JsonNode mask(JsonNode tree) {
    if (values.length == 0) {
      return tree;
    }
    if (tree.isTextual()) {
      return JsonNodeFactory.instance.textNode(mask(tree.asText()));
    }
    if (tree instanceof ObjectNode object) {
      var masked = JsonNodeFactory.instance.objectNode();
      object.properties().forEach(each -> masked.set(mask(each.getKey()), mask(each.getValue())));
      return masked;
    }
    if (tree instanceof ArrayNode array) {
      var masked = JsonNodeFactory.instance.arrayNode();
      array.forEach(each -> masked.add(mask(each)));
      return masked;
    }
    // A secret may be a number.
    return mask(tree.asText()).equals(tree.asText())
        ? tree
        : JsonNodeFactory.instance.textNode(MASK);
  }
}
