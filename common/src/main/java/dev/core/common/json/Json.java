package dev.core.common.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * JSON as CORE writes it everywhere: keys in alphabetical order, absent values left out, instants
 * and durations as ISO 8601 text. The same value gives the same bytes, so that a digest of them
 * identifies it. Unknown properties are refused when read. Thread-safe.
 */
public final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .configure(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY, true)
          .configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true)
          .configure(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, false)
          .configure(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS, false)
          .configure(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, true)
          .configure(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, true)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.USE_DEFAULTS))
          .build();

  private static final ObjectReader WRITTEN =
      MAPPER
          .reader()
          .with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Json() {}

  /** One line of JSON. */
  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot write as JSON: " + value.getClass(), e);
    }
  }

  /** Indented JSON, for people. */
  public static String writeIndented(Object value) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot write as JSON: " + value.getClass(), e);
    }
  }

  /**
   * @throws MalformedJson if the text is not JSON of that type
   */
  public static <T> T read(String text, Class<T> type) {
    try {
      T value = MAPPER.readValue(text, type);
      if (value == null) {
        throw new MalformedJson("it is null; a value is expected");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new MalformedJson(e);
    }
  }

  /**
   * @throws MalformedJson if the text is not JSON
   */
  public static JsonNode tree(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new MalformedJson(e);
    }
  }

  /**
   * The same for what people write: a member that stands there twice is refused as well.
   *
   * @throws MalformedJson if the text is not JSON, with words for who wrote it
   */
  public static JsonNode written(String text) {
    try {
      return WRITTEN.readTree(text);
    } catch (JsonProcessingException e) {
      throw new MalformedJson(e);
    }
  }

  /**
   * The same for bytes, which must be UTF-8.
   *
   * @throws MalformedJson if they are not JSON, with words for who wrote it
   */
  public static JsonNode written(byte[] text) {
    try {
      return WRITTEN.readTree(text);
    } catch (JsonProcessingException e) {
      throw new MalformedJson(e);
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory cannot fail to be read", e);
    }
  }

  /** A value as a tree, to be looked into or changed. */
  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /** The mapper itself, for what streams; nobody may configure it. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /** Text that is not the JSON that was expected; the message says on one line what and where. */
  public static final class MalformedJson extends RuntimeException {
    MalformedJson(JsonProcessingException cause) {
      super(JsonWords.of(cause), cause);
    }

    MalformedJson(String message) {
      super(message);
    }
  }
}
