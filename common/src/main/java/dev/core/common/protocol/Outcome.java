package dev.core.common.protocol;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker says at the end of an attempt (or a partition of it). Without {@code failure} it
 * succeeded.
 *
 * @param result what the transformation returned, for {@code ${task.<key>.result.x}}
 * @param datasets what it wrote, with every file: only what is listed here will be visible
 */
public record Outcome(
    @Nullable Failure failure, @Nullable JsonNode result, List<WrittenDataset> datasets) {

  public Outcome {
    datasets = List.copyOf(datasets);
  }

  /** Why it failed; the message is for people and holds no secret. */
  public record Failure(FailureClass failureClass, String message) {
    public Failure {
      // Programs print anything; Postgres keeps no NUL in a text.
      message = message.replace('\0', '\uFFFD');
    }
  }

  /**
   * @param state the state it belongs to
   * @param path below {@code root}, ends with a slash
   * @param format {@code parquet}, {@code csv}, {@code json} or {@code files}
   * @param rows in all files, when they can be counted
   */
  public record WrittenDataset(
      String state,
      String dataset,
      String root,
      String path,
      String format,
      List<WrittenFile> files,
      @Nullable Long rows) {
    public WrittenDataset {
      files = List.copyOf(files);
    }
  }

  /**
   * @param path below the dataset's path
   */
  public record WrittenFile(String path, long bytes, @Nullable Long rows) {}

  @JsonIgnore
  public boolean succeeded() {
    return failure == null;
  }

  public static Outcome success(@Nullable JsonNode result, List<WrittenDataset> datasets) {
    return new Outcome(null, result, datasets);
  }

  public static Outcome failure(FailureClass failureClass, String message) {
    return new Outcome(new Failure(failureClass, message), null, List.of());
  }
}
