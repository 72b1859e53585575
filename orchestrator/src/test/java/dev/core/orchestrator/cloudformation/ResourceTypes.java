package dev.core.orchestrator.cloudformation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What is known of resource types: {@code cloudformation/resource-types.yaml}. */
final class ResourceTypes {

  /**
   * A type of resources.
   *
   * @param ref what !Ref gives: arn, name, id, url, or a property whose value it is
   * @param attributes that !GetAtt may ask for
   * @param shapes its objects by name; its own is {@code properties}
   */
  record Type(String ref, Set<String> attributes, Map<String, Shape> shapes) {}

  /**
   * What an object may have.
   *
   * @param facts of properties by name; of a value, its type's name or a map with more
   * @param others that exist, and of which nothing more is known here
   */
  record Shape(Set<String> required, Map<String, Object> facts, Set<String> others) {}

  private static final Set<String> ABOUT_TYPES = Set.of("ref", "attributes");
  private static final Set<String> ABOUT_SHAPES = Set.of("required", "others");

  private final Map<String, Type> types = new LinkedHashMap<>();

  private ResourceTypes(Map<String, Object> read) {
    read.forEach((name, facts) -> types.put(name, type(Template.map(facts))));
  }

  private static final ResourceTypes KNOWN = read();

  static ResourceTypes load() {
    return KNOWN;
  }

  private static ResourceTypes read() {
    try (InputStream in =
        Objects.requireNonNull(
            ResourceTypes.class.getResourceAsStream("/cloudformation/resource-types.yaml"))) {
      return new ResourceTypes(
          Template.map(new Yaml(new SafeConstructor(new LoaderOptions())).load(in)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Optional<Type> type(String name) {
    return Optional.ofNullable(types.get(name));
  }

  Set<String> names() {
    return types.keySet();
  }

  private static Type type(Map<String, Object> facts) {
    var shapes = new LinkedHashMap<String, Shape>();
    facts.forEach((name, value) -> {
      if (!ABOUT_TYPES.contains(name)) {
        shapes.put(name, shape(Template.map(value)));
      }
    });
    return new Type(
        String.valueOf(facts.get("ref")), strings(facts.get("attributes")), Map.copyOf(shapes));
  }

  private static Shape shape(Map<String, Object> facts) {
    var properties = new LinkedHashMap<>(facts);
    properties.keySet().removeAll(ABOUT_SHAPES);
    return new Shape(strings(facts.get("required")), properties, strings(facts.get("others")));
  }

  private static Set<String> strings(@Nullable Object values) {
    List<?> list = Template.list(values);
    return list.stream().map(String::valueOf).collect(Collectors.toUnmodifiableSet());
  }
}
