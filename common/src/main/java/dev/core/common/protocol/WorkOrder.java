package dev.core.common.protocol;

import dev.core.common.definition.Datatype;
import dev.core.common.definition.Resources;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that a worker needs for one attempt, sealed when the attempt is intended. Holds names of
 * secrets, never their values.
 *
 * @param taskKey {@code <pipeline>_<state>_<template>_<transformation id>}
 * @param attempt from 1 within the task
 * @param state the pipeline state, such as {@code ingest}
 * @param variables by name, every {@code ${…}} resolved
 * @param parameters of the run, by name
 * @param inputs datasets to read, by the alias under which the transformation knows them
 * @param outputs datasets to write, by the name of the variable that asked for them
 * @param datasetsRoot a folder or {@code s3://bucket}; paths of inputs and outputs are below a root
 * @param partitions how many slices the task is split in; 1: not split
 * @param chosen those that the attempt runs, which its claims are numbered by; null: all
 */
public record WorkOrder(
    long runId,
    String pipeline,
    String client,
    String brand,
    String branch,
    String taskKey,
    int attempt,
    String state,
    String template,
    Map<String, Variable> variables,
    Map<String, String> parameters,
    Instant logicalDate,
    Map<String, Input> inputs,
    Map<String, Output> outputs,
    String datasetsRoot,
    int partitions,
    Resources resources,
    @Nullable Partitions chosen) {

  public WorkOrder {
    variables = Collections.unmodifiableMap(new TreeMap<>(variables));
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    inputs = Collections.unmodifiableMap(new TreeMap<>(inputs));
    outputs = Collections.unmodifiableMap(new TreeMap<>(outputs));
  }

  /**
   * The same work in partitions.
   *
   * @param some those that the attempt runs; null: all
   * @param read the inputs of all of them
   */
  public WorkOrder splitIn(int count, @Nullable Partitions some, Map<String, Input> read) {
    return new WorkOrder(
        runId,
        pipeline,
        client,
        brand,
        branch,
        taskKey,
        attempt,
        state,
        template,
        variables,
        parameters,
        logicalDate,
        read,
        outputs,
        datasetsRoot,
        count,
        resources,
        some);
  }

  /**
   * Which partition the claim of that index is for.
   *
   * @throws IndexOutOfBoundsException if the attempt has no such claim
   */
  public int partition(int index) {
    return chosen == null ? java.util.Objects.checkIndex(index, partitions) : chosen.get(index);
  }

  /** A resolved variable: text that is known to be of its datatype. */
  public record Variable(Datatype datatype, String value) {}

  /**
   * A committed dataset that the attempt reads.
   *
   * @param datasetId of {@code execution.datasets}
   * @param name {@code <client>/<brand>/<state>/<dataset>}
   * @param variable which variable named it
   * @param path below {@code root}, ends with a slash; files are below it
   */
  public record Input(
      long datasetId,
      String name,
      String variable,
      String root,
      String path,
      String format,
      List<String> files) {
    public Input {
      files = List.copyOf(files);
    }
  }

  /**
   * A dataset that the attempt writes.
   *
   * @param dataset its name within client, brand and state
   * @param path below the work order's root, belongs to this attempt alone, ends with a slash
   */
  public record Output(String dataset, @Nullable String state, String path) {}
}
