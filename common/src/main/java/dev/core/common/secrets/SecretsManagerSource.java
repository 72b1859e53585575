package dev.core.common.secrets;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * AWS Secrets Manager. Region, credentials and endpoint come from where the SDK finds them. The
 * client is made with the first question, since most programs ask none.
 */
final class SecretsManagerSource implements SecretSource {

  private static final Duration CALL = Duration.ofSeconds(20);
  private static final Duration ATTEMPT = Duration.ofSeconds(5);

  private @Nullable SecretsManagerClient client;

  /**
   * The text of the current version.
   *
   * @throws SecretMalformed if it is binary
   */
  @Override
  public Optional<String> find(Secret secret) {
    try {
      String text =
          client().getSecretValue(request -> request.secretId(secret.path())).secretString();
      if (text == null) {
        throw new SecretMalformed(
            "secret '%s' of %s is binary; only text can be used: store it as SecretString"
                .formatted(secret, description()));
      }
      return Optional.of(text);
    } catch (ResourceNotFoundException _) {
      return Optional.empty();
    } catch (AwsServiceException e) {
      var details = e.awsErrorDetails();
      String said =
          details == null
              ? "HTTP " + e.statusCode()
              : details.errorCode() + ": " + details.errorMessage();
      throw new SecretUnavailable(
          "secret '%s' cannot be read from %s: %s".formatted(secret, description(), said), e);
    } catch (SdkException e) {
      throw new SecretUnavailable(
          "secret '%s' cannot be read from %s: %s".formatted(secret, description(), e.getMessage()),
          e);
    }
  }

  private synchronized SecretsManagerClient client() {
    var known = client;
    if (known == null) {
      known =
          SecretsManagerClient.builder()
              .httpClientBuilder(UrlConnectionHttpClient.builder())
              .overrideConfiguration(each ->
                  each.retryStrategy(
                          DefaultRetryStrategy.standardStrategyBuilder().maxAttempts(5).build())
                      .apiCallTimeout(CALL)
                      .apiCallAttemptTimeout(ATTEMPT))
              .build();
      client = known;
    }
    return known;
  }

  @Override
  public String description() {
    return "AWS Secrets Manager";
  }
}
