package dev.core.emulator.batch;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One revision of a job definition, with the request that registered it. */
final class Definition {

  private final String name;
  private final int revision;
  private final String arn;
  private final ObjectNode body;
  private boolean active = true;

  Definition(String name, int revision, String arn, ObjectNode body) {
    this.name = name;
    this.revision = revision;
    this.arn = arn;
    this.body = body;
  }

  String name() {
    return name;
  }

  int revision() {
    return revision;
  }

  String arn() {
    return arn;
  }

  ObjectNode body() {
    return body;
  }

  boolean active() {
    return active;
  }

  void deactivate() {
    active = false;
  }

  ObjectNode json() {
    ObjectNode json = body.deepCopy();
    json.put("jobDefinitionArn", arn)
        .put("revision", revision)
        .put("status", active ? "ACTIVE" : "INACTIVE");
    return json;
  }
}
