package dev.core.orchestrator.cloudformation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A template as it is written, with short forms in their long ones: {@code !Ref X} is {@code {Ref:
 * X}}.
 *
 * @param sections by their names
 */
record Template(Map<String, Object> sections) {

  /**
   * @throws org.yaml.snakeyaml.error.YAMLException if it is no YAML, names a key twice or has
   *     aliases, which CloudFormation does not take
   */
  static Template parse(String text) {
    var options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setMaxAliasesForCollections(0);
    return new Template(map(new Yaml(new ShortForms(options)).load(text)));
  }

  /** Empty, if the template has none of that name. */
  Map<String, Object> section(String name) {
    return map(sections.getOrDefault(name, Map.of()));
  }

  @SuppressWarnings(
      "unchecked") // keys of YAML that are no strings are written as such in no template
  static Map<String, Object> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
  }

  private static final class ShortForms extends SafeConstructor {

    ShortForms(LoaderOptions options) {
      super(options);
      yamlMultiConstructors.put("!", new LongForm());
    }

    private final class LongForm extends AbstractConstruct {
      @Override
      public Object construct(Node node) {
        String name = node.getTag().getValue().substring(1);
        Object value =
            switch (node) {
              case ScalarNode scalar -> scalar.getValue();
              case SequenceNode sequence -> constructSequence(sequence);
              case MappingNode mapping -> constructMapping(mapping);
              default -> throw new IllegalArgumentException("what is " + node);
            };
        var form = new LinkedHashMap<String, Object>();
        switch (name) {
          case "Ref", "Condition" -> form.put(name, value);
          case "GetAtt" ->
              form.put("Fn::GetAtt", value instanceof String path ? parts(path) : value);
          default -> form.put("Fn::" + name, value);
        }
        return form;
      }
    }

    private static List<String> parts(String path) {
      int dot = path.indexOf('.');
      var parts = new ArrayList<String>();
      parts.add(dot < 0 ? path : path.substring(0, dot));
      parts.add(dot < 0 ? "" : path.substring(dot + 1));
      return parts;
    }
  }
}
