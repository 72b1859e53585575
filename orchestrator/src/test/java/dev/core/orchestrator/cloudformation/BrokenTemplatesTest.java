package dev.core.orchestrator.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checks of the template notice what is wrong: each case breaks it in one place. */
class BrokenTemplatesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          JobQueueName:                 | JobQueName:              | Queue.JobQueName: there is no such property
          MaxvCpus: !Ref MaxVcpus       | MaxVcpus: !Ref MaxVcpus  | MaxvCpus is missing
          Type: FARGATE_SPOT            | Type: FARGATE_CHEAP      | 'FARGATE_CHEAP' is not allowed
          Priority: 10                  | Priority: high           | 'high' is no integer
          Priority: 20                  | Priority: 2000           | is not allowed: max 1000
          MaxTimeSeconds: 1200          | MaxTimeSeconds: 60       | '60' is not allowed: min 600
          Action: CANCEL                | Action: TERMINATE        | 'TERMINATE' is not allowed: enum
          ScanOnPush: true              | ScanOnPush: often        | 'often' is no boolean
          RetentionInDays: !Ref LogDays | RetentionInDays: 31      | '31' is not allowed: enum
          '/core/${Environment}'        | '/core ${Environment}'   | is not allowed: pattern
          InstanceTypes: [optimal]      | InstanceTypes: optimal   | 'optimal' is no list
          Roles: [!Ref HostRole]        | Role: !Ref HostRole      | Roles is missing
          !GetAtt Shares.Arn            | !GetAtt Shares.Name      | has no attribute Name
          !GetAtt Images.Arn            | !GetAtt Image.Arn        | there is no parameter or resource Image
          !Ref JobSecurityGroup         | !Ref JobsSecurityGroup   | there is no parameter or resource JobsSecurityGroup
          ${Images.RepositoryUri}       | ${Images.RepositoryUrl}  | has no attribute RepositoryUrl
          [OnEc2, ec2, fargate]         | [OnEC2, ec2, fargate]    | there is no condition OnEC2
          Condition: OnFargateSpot      | Condition: OnEc2         | which is not made
          !Sub '${Environment}-core'    | !Subst '${Environment}'  | no such function: Fn::Subst
          Effect: Deny                  | Effect: Forbid           | Effect is Allow or Deny
          Action: 'batch:SubmitJob'     | Action: 'batch:*'        | 'batch:*' is no single action
          Sid: Submit                   | Sid: Submit jobs         | Sid 'Submit jobs'
          ArnEquals:                    | ArnIs:                   | operator 'ArnIs'
          Resource: !GetAtt Logs.Arn    | Resource: '*'            | on every resource
          Version: '2012-10-17'         | Version: '2012-10-18'    | Version is '2012-10-17'
          DeletionPolicy: Retain        | DeletionPolicy: Keep     | DeletionPolicy is one of
          Default: fargate-spot         | Default: spot            | its default 'spot' is not allowed
          "action": {                   | "action" {               | is no jsonText
          SqsManagedSseEnabled: true    | KmsMasterKeyId: a        | resource-types.yaml has no facts of it yet
          Outputs:                      | Output:                  | there is no 'Output' here
          OnFargateSpot: !Equals        | OnSpot: !Equals          | OnSpot: nothing uses it
          Type: AWS::SQS::QueuePolicy   | Type: AWS::SQS::Policy   | nothing is known of type AWS::SQS::Policy
          """)
  void isNoticed(String right, String wrong, String problem) {
    String text = Installations.text();
    assertThat(text).contains(right);

    assertThat(TemplateCheck.problems(text.replace(right, wrong), Installations.ALL))
        .anySatisfy(each -> assertThat(each).contains(problem));
  }

  @Test
  void aliasesAndNamesThatComeTwiceAreNoticed() {
    assertThat(TemplateCheck.problems("Resources: {A: &a {Type: x}, B: *a}", Installations.ALL))
        .singleElement()
        .asString()
        .contains("aliases");
    assertThat(TemplateCheck.problems("Resources: {A: {}, A: {}}", Installations.ALL))
        .singleElement()
        .asString()
        .contains("duplicate key");
  }
}
