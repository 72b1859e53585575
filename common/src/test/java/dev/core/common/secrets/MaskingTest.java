package dev.core.common.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.json.Json;
import org.junit.jupiter.api.Test;

class MaskingTest {

  private static void reveal(String value) {
    assertThat(new SecretValue(value).reveal()).isEqualTo(value);
  }

  @Test
  void aValueThatWasRevealedIsHiddenHoweverItIsWritten() {
    assertThat(Masking.mask("say sesame-1 \"twice\"\\")).contains("sesame-1");
    reveal("sesame-1 \"twice\"\\");

    assertThat(Masking.mask("say sesame-1 \"twice\"\\ and sesame-1 \"twice\"\\"))
        .isEqualTo("say (hidden) and (hidden)");
    assertThat(Masking.mask(Json.write("sesame-1 \"twice\"\\"))).isEqualTo("\"(hidden)\"");
    assertThat(Masking.mask("?q=sesame-1+%22twice%22%5C&x")).isEqualTo("?q=(hidden)&x");
  }

  @Test
  void ofAnObjectWhatOpensDoorsIsHiddenAndWhereTheyAreIsNot() {
    reveal(
        "{\"user\":\"ada-of-masking\",\"password\":\"sesame-2\",\"port\":5432,"
            + "\"more\":[{\"api_token\":\"sesame-3\"}]}");

    assertThat(Masking.mask("ada-of-masking at 5432: sesame-2, sesame-3"))
        .isEqualTo("ada-of-masking at 5432: (hidden), (hidden)");
  }

  @Test
  void aPasswordThatIsTheUsersNameIsNoSecret() {
    reveal("{\"user\":\"postgres-of-masking\",\"password\":\"postgres-of-masking\"}");

    assertThat(Masking.mask("postgres-of-masking")).isEqualTo("postgres-of-masking");
  }

  @Test
  void linesOfAKeyAreHiddenOneByOne() {
    reveal("-----BEGIN KEY-----\nMIIBOgIBAAJBAKj34G\nkyOlTRDe\n-----END KEY-----\n");

    assertThat(Masking.mask("1: MIIBOgIBAAJBAKj34G 2: -----BEGIN KEY-----"))
        .isEqualTo("1: (hidden) 2: -----BEGIN KEY-----");
  }

  @Test
  void theLongerOfTwoValuesIsHiddenWhole() {
    reveal("sesame-4");
    reveal("sesame-4-and-more");

    assertThat(Masking.mask("sesame-4-and-more")).isEqualTo("(hidden)");
  }

  @Test
  void treesKeepTheirFormAndLoseTheValuesAlsoThoseOfNumbersAndNames() {
    reveal("48151623");

    assertThat(
            Masking.mask(
                Json.tree(
                    "{\"a\":[\"is 48151623\",48151623,7,true,null],\"48151623\":{\"b\":\"x\"}}")))
        .isEqualTo(
            Json.tree(
                "{\"a\":[\"is (hidden)\",\"(hidden)\",7,true,null],\"(hidden)\":{\"b\":\"x\"}}"));
  }

  @Test
  void whatIsTooShortToBeToldFromOtherTextStays() {
    reveal("abc");
    reveal("  ");

    assertThat(Masking.mask("abc  abc")).isEqualTo("abc  abc");
  }
}
