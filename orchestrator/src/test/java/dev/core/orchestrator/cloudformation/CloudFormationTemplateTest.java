package dev.core.orchestrator.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.definition.FargateSizes;
import dev.core.orchestrator.cloudformation.Evaluation.Resource;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The template of docs/aws is one that CloudFormation takes, and gives what CORE asks for. */
class CloudFormationTemplateTest {

  static final List<Map<String, String>> INSTALLATIONS = Installations.ALL;

  @Test
  void everyPropertyReferenceAndPolicyIsRight() {
    assertThat(TemplateCheck.problems(Installations.text(), Installations.ALL)).isEmpty();
  }

  @Test
  void nothingIsKnownOfTypesThatAreNotUsed() {
    var used = new TreeSet<String>();
    Template.parse(Installations.text())
        .section("Resources")
        .values()
        .forEach(each -> used.add(String.valueOf(Template.map(each).get("Type"))));

    assertThat(ResourceTypes.load().names()).containsExactlyInAnyOrderElementsOf(used);
  }

  @ParameterizedTest
  @FieldSource("INSTALLATIONS")
  void nothingRunsWhenNothingRuns(Map<String, String> parameters) {
    var resources = Installations.of(parameters).resources();

    assertThat(resources.values())
        .filteredOn(each -> each.type().equals("AWS::Batch::ComputeEnvironment"))
        .isNotEmpty()
        .allSatisfy(each -> {
          var compute = Template.map(each.properties().get("ComputeResources"));
          assertThat(compute.getOrDefault("MinvCpus", 0)).isEqualTo(0);
          assertThat(compute).doesNotContainKey("DesiredvCpus");
        });
    assertThat(resources.values())
        .filteredOn(each -> each.type().equals("AWS::RDS::DBCluster"))
        .allSatisfy(each ->
            assertThat(
                    Template.map(each.properties().get("ServerlessV2ScalingConfiguration"))
                        .get("MinCapacity"))
                .isEqualTo(0));
    assertThat(resources.values())
        .extracting(Resource::type)
        .doesNotContain("AWS::EC2::NatGateway", "AWS::EC2::Instance", "AWS::ECS::Service");
    assertThat(resources.values())
        .filteredOn(each -> each.type().equals("AWS::EC2::VPCEndpoint"))
        .allSatisfy(
            each -> assertThat(each.properties()).containsEntry("VpcEndpointType", "Gateway"));
  }

  @ParameterizedTest
  @FieldSource("INSTALLATIONS")
  void jobsThatCanNeverStartAreFailedAndThoseThatLackCapacityWait(Map<String, String> parameters) {
    var queues =
        Installations.of(parameters).resources().values().stream()
            .filter(each -> each.type().equals("AWS::Batch::JobQueue"))
            .toList();

    assertThat(queues)
        .isNotEmpty()
        .allSatisfy(queue ->
            assertThat(Template.list(queue.properties().get("JobStateTimeLimitActions")))
                .extracting(each -> Template.map(each).get("Reason"))
                .containsExactlyInAnyOrder(
                    "MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE",
                    "MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT"));
  }

  @ParameterizedTest
  @FieldSource("INSTALLATIONS")
  void containersOnFargateHaveSizesOfFargate(Map<String, String> parameters) {
    var resources = Installations.of(parameters).resources();
    var sizes = new FargateSizes();

    for (var each : resources.entrySet()) {
      if (each.getValue().type().equals("AWS::Batch::JobDefinition")
          && each.getValue().properties().get("PlatformCapabilities").equals(List.of("FARGATE"))) {
        var wanted = new LinkedHashMap<String, String>();
        for (Object one :
            Template.list(container(resources, each.getKey()).get("ResourceRequirements"))) {
          wanted.put(
              String.valueOf(Template.map(one).get("Type")),
              String.valueOf(Template.map(one).get("Value")));
        }
        assertThat(
                sizes.problem(
                    new BigDecimal(wanted.get("VCPU")),
                    Integer.parseInt(wanted.get("MEMORY")),
                    null))
            .isEmpty();
      }
    }
  }

  @Test
  void theBucketIsPrivateEncryptedAndForgetsUnfinishedUploads() {
    var bucket = Installations.of(Installations.USUAL).resources().get("Datasets").properties();

    assertThat(Template.map(bucket.get("PublicAccessBlockConfiguration")).values())
        .hasSize(4)
        .containsOnly(true);
    assertThat(bucket).containsKey("BucketEncryption");
    assertThat(String.valueOf(bucket.get("LifecycleConfiguration")))
        .contains("AbortIncompleteMultipartUpload");
  }

  private static Map<String, Object> container(Map<String, Resource> resources, String name) {
    return Template.map(resources.get(name).properties().get("ContainerProperties"));
  }

  /** Larger ones have to be put into a bucket first. */
  @Test
  void theTemplateIsSmallEnoughToBeSentAsItIs() {
    assertThat(Installations.text().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(51_200);
  }

  @Test
  void theGuideSpeaksOfWhatTheTemplateHas() throws IOException {
    var template = Template.parse(Installations.text());
    var names = new TreeSet<String>();
    List.of("Parameters", "Resources", "Outputs")
        .forEach(section -> names.addAll(template.section(section).keySet()));
    var guide = Files.readString(Path.of("../docs/aws/README.md"));

    var spokenOf =
        Pattern.compile(
                "`([A-Z][a-z0-9]+(?:[A-Z][a-z0-9]+)+)(?:=[a-z0-9-]+)?`|output ([A-Z][A-Za-z]+)")
            .matcher(guide)
            .results()
            .map(each -> each.group(1) == null ? each.group(2) : each.group(1))
            .filter(each -> !each.endsWith("Test") && !each.equals("DeletionProtection"))
            .toList();
    assertThat(spokenOf).hasSizeGreaterThan(10);
    assertThat(names).containsAll(spokenOf);
  }
}
