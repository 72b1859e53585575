package dev.core.emulator.batch;

/** Names of things in one region of one account. */
record Arns(String region, String account) {

  String definition(String name, int revision) {
    return arn("job-definition/" + name + ":" + revision);
  }

  String job(String id) {
    return arn("job/" + id);
  }

  String queue(String name) {
    return arn("job-queue/" + name);
  }

  String environment(String name) {
    return arn("compute-environment/" + name);
  }

  String task(String id) {
    return "arn:aws:ecs:%s:%s:task/core/%s".formatted(region, account, id);
  }

  private String arn(String what) {
    return "arn:aws:batch:%s:%s:%s".formatted(region, account, what);
  }
}
