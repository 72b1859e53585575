package dev.core.common.definition;

import dev.core.common.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline with all that its runs need, read from the store in one snapshot. Immutable; equal
 * definitions have equal canonical JSON and equal digests, which is what a run seals.
 *
 * @param name unique in the store; the id of the DAG
 * @param segment of the pipeline type, when it has one
 * @param runFrequency a word or a cron expression; null: started by hand
 * @param overlapLimit how many runs at once, for {@link OverlapPolicy#PARALLEL}
 * @param parallelTaskLimit tasks of all its runs at the backend at once; null: no limit of its own
 * @param states in their graph order
 */
public record PipelineDefinition(
    String name,
    String client,
    String brand,
    @Nullable String segment,
    String pipelineType,
    @Nullable String description,
    @Nullable String runFrequency,
    String timeZone,
    @Nullable Instant startDate,
    boolean catchingUp,
    OverlapPolicy overlapPolicy,
    int overlapLimit,
    int priority,
    @Nullable Integer parallelTaskLimit,
    List<ParameterDefinition> parameters,
    List<StateDefinition> states) {

  public PipelineDefinition {
    parameters = List.copyOf(parameters);
    states = List.copyOf(states);
  }

  /** Its time zone; UTC if what is stored is none, which validation refuses before a run. */
  public ZoneId zone() {
    try {
      return ZoneId.of(timeZone);
    } catch (DateTimeException _) {
      return ZoneOffset.UTC;
    }
  }

  /** What happens when a run is asked for while another of the same pipeline is not finished. */
  public enum OverlapPolicy {
    QUEUE,
    SKIP,
    CANCEL_RUNNING,
    PARALLEL
  }

  /** One line of JSON with sorted keys; the same definition always gives the same text. */
  public String canonicalJson() {
    return Json.write(this);
  }

  /** SHA-256 of a canonical JSON text, as 64 lower-case hexadecimal digits. */
  public static String sha256(String canonicalJson) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(digest.digest(canonicalJson.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
