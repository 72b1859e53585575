package dev.core.common.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FargateSizesTest {

  @ParameterizedTest
  @CsvSource({
    "0.25,512",
    "0.25,1024",
    "0.25,2048",
    "0.5,1024",
    "0.50,4096",
    "1,2048",
    "1.00,8192",
    "2,4096",
    "2,16384",
    "4,8192",
    "4,30720",
    "8,16384",
    "8,61440",
    "16,32768",
    "16,122880",
  })
  void sizesOfTheTableExist(BigDecimal vcpus, int memory) {
    assertThat(new FargateSizes().problem(vcpus, memory, null)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0.25,4096",
    "0.25,1536",
    "0.5,512",
    "1,1024",
    "1,9216",
    "2,5000",
    "8,17408",
    "16,131072",
    "3,8192",
    "0.1,512",
    "32,122880",
  })
  void othersDoNot(BigDecimal vcpus, int memory) {
    assertThat(new FargateSizes().problem(vcpus, memory, null).orElseThrow()).contains("allowed: ");
  }
}
