package dev.core.common.configuration.yaml;

import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;

/**
 * Writes maps, lists, texts, numbers and booleans as YAML that every reader understands alike: a
 * text is plain only if nobody could take it for anything else, a block if it has several simple
 * lines, and else in double quotes. Equal trees give equal text.
 */
final class YamlWriter {

  private static final Pattern PLAIN = Pattern.compile("[\\p{L}_/][\\p{L}\\p{N}_./@=+,() $&;-]*");

  /** What some version of YAML takes for a boolean or for nothing. */
  private static final Set<String> RESERVED =
      Set.of("y", "n", "yes", "no", "true", "false", "on", "off", "null");

  private static final YAMLFactory FACTORY =
      YAMLFactory.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
          .enable(YAMLGenerator.Feature.ALLOW_LONG_KEYS)
          .stringQuotingChecker(new Quoting())
          .dumperOptions(options())
          .build();

  private YamlWriter() {}

  static String write(Map<String, ?> document) {
    if (document.isEmpty()) {
      return "{}\n";
    }
    var text = new StringWriter();
    try (var generator = FACTORY.createGenerator(text)) {
      value(generator, document);
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot fail to be written", e);
    }
    return text.toString();
  }

  private static DumperOptions options() {
    var options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setSplitLines(false);
    options.setIndent(2);
    options.setIndicatorIndent(2);
    options.setIndentWithIndicator(true);
    options.setMaxSimpleKeyLength(1024);
    return options;
  }

  private static void value(YAMLGenerator generator, Object value) throws IOException {
    switch (value) {
      case Map<?, ?> map -> {
        generator.writeStartObject();
        for (var entry : map.entrySet()) {
          generator.writeFieldName(String.valueOf(entry.getKey()));
          value(generator, entry.getValue());
        }
        generator.writeEndObject();
      }
      case List<?> list -> {
        generator.writeStartArray();
        for (Object item : list) {
          value(generator, item);
        }
        generator.writeEndArray();
      }
      case String text -> {
        // With it on, a text of several lines becomes a block without the quoting being asked.
        generator.configure(
            YAMLGenerator.Feature.MINIMIZE_QUOTES, text.indexOf('\n') < 0 || isBlock(text));
        generator.writeString(text);
      }
      case Boolean truth -> generator.writeBoolean(truth);
      case BigDecimal number -> generator.writeNumber(number.toPlainString());
      default -> throw new IllegalArgumentException("not for YAML: " + value.getClass());
    }
  }

  private static boolean isPlain(String text) {
    return PLAIN.matcher(text).matches()
        && !text.endsWith(" ")
        && !RESERVED.contains(text.toLowerCase(Locale.ROOT));
  }

  /** Whether a block would give it back unchanged, for every reader and also after an edit. */
  private static boolean isBlock(String text) {
    return !Character.isWhitespace(text.charAt(0))
        && !text.contains(" \n")
        && !text.endsWith(" ")
        && !text.endsWith("\n\n")
        && text.codePoints().allMatch(YamlWriter::isOrdinary);
  }

  private static boolean isOrdinary(int character) {
    return character == '\n'
        || !(Character.isISOControl(character)
            || character == 0x2028
            || character == 0x2029
            || character == 0xFEFF);
  }

  private static final class Quoting extends StringQuotingChecker {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean needToQuoteName(String name) {
      return !isPlain(name);
    }

    @Override
    public boolean needToQuoteValue(String text) {
      return !isPlain(text);
    }
  }
}
