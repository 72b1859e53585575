package dev.core.common.settings;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the compute environments of a job queue are made of. */
public enum BatchPlatform {
  EC2,
  FARGATE;

  static BatchPlatform of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  /** Reads {@code queue=platform,queue=platform}. */
  static Map<String, BatchPlatform> byQueue(@Nullable String text) {
    var platforms = new TreeMap<String, BatchPlatform>();
    if (text != null) {
      for (String each : text.split(",", -1)) {
        int sign = each.indexOf('=');
        platforms.put(each.substring(0, sign).strip(), of(each.substring(sign + 1).strip()));
      }
    }
    return platforms;
  }
}
