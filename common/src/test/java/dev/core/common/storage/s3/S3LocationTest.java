package dev.core.common.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3LocationTest {

  @Test
  void aTextIsBucketAndKey() {
    assertThat(S3Location.parse("s3://bucket")).isEqualTo(new S3Location("bucket", ""));
    assertThat(S3Location.parse("s3://bucket/a/b")).isEqualTo(new S3Location("bucket", "a/b"));
    assertThat(S3Location.parse("s3://bucket/a/b").below("c/d")).hasToString("s3://bucket/a/b/c/d");
    assertThat(S3Location.parse("s3://bucket").below("c/")).hasToString("s3://bucket/c/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3://", "s3://B/x", "s3://a", "bucket/x", "s3://a_b/x", "http://x/y"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> S3Location.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothingClimbs() {
    assertThatThrownBy(() -> S3Location.parse("s3://bucket/a").below("../b"))
        .hasMessageContaining("leads out of s3://bucket/a");
  }
}
