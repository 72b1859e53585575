package dev.core.emulator.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.core.emulator.wire.AwsError;
import dev.core.emulator.wire.Service;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Secrets by name or ARN, each with one current version. Thread-safe. */
public final class SecretsService implements Service {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final double CREATED = 1_700_000_000.123;

  private final String region;
  private final String account;
  private final Map<String, Version> secrets = new ConcurrentHashMap<>();
  private final Set<String> denied = ConcurrentHashMap.newKeySet();

  private final Set<String> binary = ConcurrentHashMap.newKeySet();

  private record Version(String id, String value) {}

  public SecretsService(String region, String account) {
    this.region = region;
    this.account = account;
  }

  /** Creates a secret, or gives it a new current version. */
  public void put(String name, String value) {
    secrets.put(name, new Version(UUID.randomUUID().toString(), value));
  }

  /** Creates a secret that has bytes and no text. */
  public void putBinary(String name, String base64) {
    put(name, base64);
    binary.add(name);
  }

  public void remove(String name) {
    secrets.remove(name);
  }

  /** The caller's role may not read it. */
  public void deny(String name) {
    denied.add(name);
  }

  public String arn(String name) {
    return "arn:aws:secretsmanager:%s:%s:secret:%s-AbCdEf".formatted(region, account, name);
  }

  /**
   * The value by name or ARN.
   *
   * @throws AwsError if there is none, or it is denied
   */
  public String value(String id) {
    return version(name(id)).value();
  }

  @Override
  public String prefix() {
    return "secretsmanager";
  }

  @Override
  public JsonNode call(String operation, JsonNode request) {
    return switch (operation) {
      case "GetSecretValue" -> get(name(request.path("SecretId").asText()));
      case "DescribeSecret" -> describe(name(request.path("SecretId").asText()));
      case "CreateSecret" -> create(request);
      case "PutSecretValue" -> putValue(request);
      case "ListSecrets" -> list();
      default -> throw new AwsError(400, "UnknownOperationException", operation);
    };
  }

  private JsonNode get(String name) {
    Version version = version(name);
    var answer = identity(name);
    answer.put("VersionId", version.id());
    answer.put(binary.contains(name) ? "SecretBinary" : "SecretString", version.value());
    answer.putArray("VersionStages").add("AWSCURRENT");
    answer.put("CreatedDate", CREATED);
    return answer;
  }

  private JsonNode describe(String name) {
    Version version = version(name);
    var answer = identity(name);
    answer.putObject("VersionIdsToStages").putArray(version.id()).add("AWSCURRENT");
    return answer;
  }

  private JsonNode create(JsonNode request) {
    String name = request.path("Name").asText();
    if (secrets.containsKey(name)) {
      throw new AwsError(
          400,
          "ResourceExistsException",
          "The operation failed because the secret " + name + " already exists.");
    }
    put(name, request.path("SecretString").asText());
    return identity(name).put("VersionId", version(name).id());
  }

  private JsonNode putValue(JsonNode request) {
    String name = name(request.path("SecretId").asText());
    Version _ = version(name);
    put(name, request.path("SecretString").asText());
    return identity(name).put("VersionId", version(name).id());
  }

  private JsonNode list() {
    var answer = JSON.objectNode();
    var all = answer.putArray("SecretList");
    for (String name : List.copyOf(new TreeMap<>(secrets).keySet())) {
      all.add(identity(name));
    }
    return answer;
  }

  private com.fasterxml.jackson.databind.node.ObjectNode identity(String name) {
    return JSON.objectNode().put("ARN", arn(name)).put("Name", name);
  }

  private Version version(String name) {
    if (denied.contains(name)) {
      throw AwsError.denied("secretsmanager:GetSecretValue on resource: " + name);
    }
    Version version = secrets.get(name);
    if (version == null) {
      throw new AwsError(
          400, "ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    }
    return version;
  }

  private String name(String id) {
    if (!id.startsWith("arn:")) {
      return id;
    }
    String tail = id.substring(id.indexOf(":secret:") + ":secret:".length());
    return tail.substring(0, tail.length() - "-AbCdEf".length());
  }
}
