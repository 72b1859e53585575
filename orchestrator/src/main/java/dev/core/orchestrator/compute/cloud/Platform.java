package dev.core.orchestrator.compute.cloud;

import java.util.List;
import software.amazon.awssdk.services.batch.model.ContainerProperties;
import software.amazon.awssdk.services.batch.model.EphemeralStorage;
import software.amazon.awssdk.services.batch.model.FargatePlatformConfiguration;
import software.amazon.awssdk.services.batch.model.JobDefinition;
import software.amazon.awssdk.services.batch.model.NetworkConfiguration;
import software.amazon.awssdk.services.batch.model.RuntimePlatform;

/** What a job queue's compute environments are made of; a job definition is for one of them. */
public enum Platform {
  EC2("EC2"),
  FARGATE("Fargate");

  private final String words;

  Platform(String words) {
    this.words = words;
  }

  /** A definition that says nothing is for EC2. */
  public static Platform of(JobDefinition definition) {
    return definition.platformCapabilitiesAsStrings().contains(FARGATE.name()) ? FARGATE : EC2;
  }

  /** As Batch names the capability. */
  List<String> capabilities() {
    return List.of(name());
  }

  /** Without what only the other one takes. */
  ContainerProperties fitting(ContainerProperties properties) {
    var fitting = properties.toBuilder();
    return switch (this) {
      case EC2 ->
          fitting
              .fargatePlatformConfiguration((FargatePlatformConfiguration) null)
              .networkConfiguration((NetworkConfiguration) null)
              .ephemeralStorage((EphemeralStorage) null)
              .runtimePlatform((RuntimePlatform) null)
              .build();
      case FARGATE -> fitting.privileged(null).ulimits(List.of()).instanceType(null).build();
    };
  }

  @Override
  public String toString() {
    return words;
  }
}
