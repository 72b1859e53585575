package dev.core.emulator.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.core.emulator.wire.AwsError;
import dev.core.emulator.wire.Service;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Streams of lines in groups. Tokens are forward positions, as {@code f/<line>}; the last page is
 * empty and gives its own token back. Thread-safe.
 */
public final class LogsService implements Service {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int PAGE = 10_000;

  private record Line(Instant at, String text) {}

  private final Map<String, Map<String, List<Line>>> groups = new TreeMap<>();

  /** Creates the group, if it is missing. */
  public synchronized void group(String name) {
    groups.computeIfAbsent(name, _ -> new TreeMap<>());
  }

  public synchronized void removeGroup(String name) {
    groups.remove(name);
  }

  public synchronized boolean hasGroup(String name) {
    return groups.containsKey(name);
  }

  /** Adds a line to a stream, which begins with its first line. The group must exist. */
  public synchronized void append(String group, String stream, Instant at, String text) {
    streams(group).computeIfAbsent(stream, _ -> new ArrayList<>()).add(new Line(at, text));
  }

  /** Every line of every stream of every group. */
  public synchronized List<String> lines() {
    return groups.values().stream()
        .flatMap(streams -> streams.values().stream())
        .flatMap(List::stream)
        .map(Line::text)
        .toList();
  }

  private Map<String, List<Line>> streams(String group) {
    var streams = groups.get(group);
    if (streams == null) {
      throw new AwsError(
          400, "ResourceNotFoundException", "The specified log group does not exist.");
    }
    return streams;
  }

  @Override
  public String prefix() {
    return "logs";
  }

  @Override
  public synchronized JsonNode call(String operation, JsonNode request) {
    return switch (operation) {
      case "GetLogEvents" -> events(request);
      case "DescribeLogGroups" -> describeGroups(request.path("logGroupNamePrefix").asText(""));
      default -> throw new AwsError(400, "UnknownOperationException", operation);
    };
  }

  private JsonNode events(JsonNode request) {
    var lines =
        streams(request.path("logGroupName").asText()).get(request.path("logStreamName").asText());
    if (lines == null) {
      throw new AwsError(
          400, "ResourceNotFoundException", "The specified log stream does not exist.");
    }
    int limit = Math.clamp(request.path("limit").asInt(PAGE), 1, PAGE);
    String token = request.path("nextToken").asText("");
    int from =
        token.isEmpty()
            ? request.path("startFromHead").asBoolean(false) ? 0 : Math.max(0, lines.size() - limit)
            : position(token);
    int to = Math.min(lines.size(), from + limit);
    var answer = JSON.objectNode();
    var events = answer.putArray("events");
    for (Line line : lines.subList(Math.min(from, to), to)) {
      events
          .addObject()
          .put("timestamp", line.at().toEpochMilli())
          .put("message", line.text())
          .put("ingestionTime", line.at().toEpochMilli());
    }
    return answer.put("nextForwardToken", "f/" + to).put("nextBackwardToken", "b/" + from);
  }

  private static int position(String token) {
    try {
      return Integer.parseInt(token.substring(2));
    } catch (RuntimeException _) {
      throw new AwsError(400, "InvalidParameterException", "The specified nextToken is invalid.");
    }
  }

  private JsonNode describeGroups(String prefix) {
    var answer = JSON.objectNode();
    var all = answer.putArray("logGroups");
    groups.keySet().stream()
        .filter(name -> name.startsWith(prefix))
        .forEach(name -> all.addObject().put("logGroupName", name));
    return answer;
  }
}
