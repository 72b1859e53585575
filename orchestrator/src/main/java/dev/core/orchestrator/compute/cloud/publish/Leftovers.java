package dev.core.orchestrator.compute.cloud.publish;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/**
 * What a branch has in the account.
 *
 * @param definitions active revisions, as {@code name:revision}
 * @param images tags in the repository, as {@code repository:tag}
 */
public record Leftovers(String account, List<String> definitions, List<String> images) {

  @JsonIgnore
  public boolean isEmpty() {
    return definitions.isEmpty() && images.isEmpty();
  }
}
