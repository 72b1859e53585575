package dev.core.worker.builtin;

import java.util.UUID;

/** Names that no other file has: {@code report.csv} becomes {@code report_<uuid>.csv}. */
final class UniqueName {

  private UniqueName() {}

  /**
   * The id goes before the last ending, so that programs still know the file by it; before two for
   * packed archives such as {@code x.tar.gz}. Names without an ending, and those that only begin
   * with a dot, get it at their end.
   *
   * @param path with slashes; folders stay as they are
   */
  static String of(String path, UUID id) {
    int name = path.lastIndexOf('/') + 1;
    int dot = path.lastIndexOf('.');
    if (dot > name + 4 && path.startsWith(".tar", dot - 4)) {
      dot -= 4;
    }
    int at = dot > name ? dot : path.length();
    return path.substring(0, at) + "_" + id + path.substring(at);
  }
}
