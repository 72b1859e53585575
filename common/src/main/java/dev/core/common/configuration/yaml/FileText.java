package dev.core.common.configuration.yaml;

import dev.core.common.variables.Checked;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** The text of a file of configuration, which is UTF-8, with or without a byte order mark. */
public final class FileText {

  /** As many bytes as the most characters that a file may have can take. */
  public static final int MOST_BYTES = 4 * YamlReader.MOST_CHARACTERS;

  private static final String REMEDY = "; save the file as UTF-8";

  private FileText() {}

  /** The text, or why the bytes are none, with the line. */
  public static Checked<String> of(byte[] bytes) {
    if (bytes.length > MOST_BYTES) {
      return Checked.invalid("the file is too large; it may have %,d bytes".formatted(MOST_BYTES));
    }
    if (bytes.length > 1 && (isMark(bytes, 0xFE, 0xFF) || isMark(bytes, 0xFF, 0xFE))) {
      return Checked.invalid("line 1: the file is UTF-16" + REMEDY);
    }
    var in = ByteBuffer.wrap(bytes);
    var out = CharBuffer.allocate(bytes.length);
    var result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .decode(in, out, true);
    if (result.isError()) {
      return Checked.invalid(broken(bytes, in.position()));
    }
    var text = out.flip().toString();
    return Checked.valid(text.startsWith("\ufeff") ? text.substring(1) : text);
  }

  private static boolean isMark(byte[] bytes, int first, int second) {
    return (bytes[0] & 0xFF) == first && (bytes[1] & 0xFF) == second;
  }

  private static String broken(byte[] bytes, int at) {
    int line = 1;
    int begin = 0;
    for (int i = 0; i < at; i++) {
      if (bytes[i] == '\n') {
        line++;
        begin = i + 1;
      }
    }
    return "line %d: the byte 0x%02X at position %d of the line is not UTF-8, perhaps Latin-1%s"
        .formatted(line, bytes[at] & 0xFF, at - begin + 1, REMEDY);
  }
}
