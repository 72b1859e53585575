package dev.core.orchestrator.compute.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.protocol.FailureClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reasons as AWS gives them, each with what it means. */
class FailureReasonsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "Essential container in task exited | - | 10 | USER",
        "Essential container in task exited | - | 11 | TIMEOUT",
        "Essential container in task exited | - | 12 | OUT_OF_MEMORY",
        "Essential container in task exited | - | 13 | INFRASTRUCTURE",
        "Essential container in task exited | - | 14 | CONFIGURATION",
        "Essential container in task exited | - | 20 | INFRASTRUCTURE",
        "Essential container in task exited | - | 1 | INFRASTRUCTURE",
        "Essential container in task exited | OutOfMemoryError: Container killed due to memory usage | 137 | OUT_OF_MEMORY",
        "Essential container in task exited | - | 137 | INFRASTRUCTURE",
        "Essential container in task exited | - | 143 | INFRASTRUCTURE",
        "Host EC2 (instance i-0abc1234) terminated. | - | 143 | INFRASTRUCTURE",
        "Host EC2 (instance i-0abc1234) terminated. | - | 137 | INFRASTRUCTURE",
        "Host EC2 (instance i-0abc1234) terminated. | - | - | INFRASTRUCTURE",
        "Your Spot Task was interrupted. | - | 137 | INFRASTRUCTURE",
        "Job attempt duration exceeded timeout | - | 137 | TIMEOUT",
        "Job attempt duration exceeded timeout | - | 143 | TIMEOUT",
        "Job attempt duration exceeded timeout | - | - | TIMEOUT",
        "Task failed to start | CannotPullContainerError: pull access denied for nope, repository does not exist or may require 'docker login' | - | CONFIGURATION",
        "Task failed to start | CannotPullContainerError: Error response from daemon: unauthorized: authentication required | - | CONFIGURATION",
        "Task failed to start | CannotPullContainerError: Error response from daemon: manifest for core:9 not found: manifest unknown | - | CONFIGURATION",
        "Task failed to start | CannotPullContainerError: image Manifest does not contain descriptor matching platform 'linux/arm64' | - | CONFIGURATION",
        "Task failed to start | CannotPullContainerError: Error response from daemon: Get registry: net/http: request canceled while waiting for connection | - | INFRASTRUCTURE",
        "Task failed to start | CannotPullContainerError: inspect image has been retried 5 time(s): httpReadSeeker: failed open: i/o timeout | - | INFRASTRUCTURE",
        "Task failed to start | CannotInspectContainerError: Could not transition to inspecting; timed out after waiting 30s | - | INFRASTRUCTURE",
        "Task failed to start | CannotStartContainerError: Error response from daemon: OCI runtime create failed: exec: \"corebot\": executable file not found in $PATH | - | CONFIGURATION",
        "Task failed to start | ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm | - | CONFIGURATION",
        "Task failed to start | ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to get registry auth from asm: service call has been retried 1 time(s): ThrottlingException: Rate exceeded | - | INFRASTRUCTURE",
        "Task failed to start | ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR. | - | INFRASTRUCTURE",
        "Task failed to start | ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm: RequestError: send request failed caused by: dial tcp: i/o timeout | - | INFRASTRUCTURE",
        "Task failed to start | CannotPullContainerError: toomanyrequests: You have reached your unauthenticated pull rate limit. | - | INFRASTRUCTURE",
        "Task failed to start | ResourceInitializationError: failed to validate logger args: The specified log group does not exist. | - | CONFIGURATION",
        "Task failed to start | ResourceInitializationError: failed to configure ENI: failed to setup regular eni | - | INFRASTRUCTURE",
        "Task failed to start | - | - | INFRASTRUCTURE",
        "MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT | - | - | CONFIGURATION",
        "Canceled by JobStateTimeLimit action due to reason: MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE | - | - | CONFIGURATION",
        "Canceled by JobStateTimeLimit action due to reason: CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY | - | - | INFRASTRUCTURE",
        "- | DockerTimeoutError: Could not transition to created; timed out after waiting 4m0s | - | INFRASTRUCTURE",
        "- | - | - | INFRASTRUCTURE",
      })
  void aReasonHasAClass(
      String statusReason, String containerReason, Integer exitCode, FailureClass expected) {
    assertThat(FailureReasons.classify(statusReason, containerReason, exitCode))
        .isEqualTo(expected);
  }
}
