package dev.core.common.variables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.definition.Datatype;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariableStructuresTest {

  @Test
  void readsBackWhatItWrites() {
    var structures =
        Map.of(
            "sql", VariableStructure.required(Datatype.STRING, "What is asked"),
            "delimiter", VariableStructure.withDefault(Datatype.STRING, "Between fields", ","),
            "limit", VariableStructure.optional(Datatype.INTEGER, "At most"),
            "format",
                VariableStructure.withDefault(Datatype.STRING, "Of files", "csv")
                    .oneOf("csv", "parquet"),
            "output", VariableStructure.output("Where it goes"));

    var text = VariableStructures.write(structures);

    assertThat(VariableStructures.parse(text).orThrow()).isEqualTo(structures);
    assertThat(VariableStructures.write(VariableStructures.parse(text).orThrow())).isEqualTo(text);
  }

  @Test
  void defaultsMayBeJsonValues() {
    var structures =
        VariableStructures.parse(
                """
                {"n": {"datatype": "integer", "default": 5},
                 "b": {"datatype": "boolean", "default": true},
                 "j": {"datatype": "json", "default": {"a": [1]}},
                 "d": {"datatype": "date", "default": "${logical_date:yyyy-MM-dd}"},
                 "o": {"datatype": "string", "required": false, "default": null}}
                """)
            .orThrow();

    assertThat(structures)
        .hasEntrySatisfying("n", n -> assertThat(n.defaultValue()).isEqualTo("5"))
        .hasEntrySatisfying("b", b -> assertThat(b.defaultValue()).isEqualTo("true"))
        .hasEntrySatisfying("j", j -> assertThat(j.defaultValue()).isEqualTo("{\"a\":[1]}"))
        .hasEntrySatisfying("d", d -> assertThat(d.required()).isFalse())
        .hasEntrySatisfying("o", o -> assertThat(o.required()).isFalse());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          []                                 | must be a JSON object, the name of a variable to its structure, not '[]'
          {"X": {"datatype": "string"}}      | 'X' is not a name: lower-case letters, digits and underscores, a letter first
          {"x": "string"}                    | variable 'x': its structure must be an object such as {"datatype": "string"}, not '"string"'
          {"x": {}}                          | variable 'x': 'datatype' is missing; allowed: string, integer, decimal, boolean, date, datetime, json, secret, dataset
          {"x": {"datatype": "int"}}         | variable 'x': unknown datatype 'int'; allowed: string, integer, decimal, boolean, date, datetime, json, secret, dataset
          {"x": {"datatype": "strnig"}}      | variable 'x': unknown datatype 'strnig'; did you mean 'string'?; allowed: string, integer, decimal, boolean, date, datetime, json, secret, dataset
          {"x": {"datatype": "string", "defualt": 1}} | variable 'x': unknown key 'defualt'; did you mean 'default'?; allowed: datatype, description, default, required, direction, allowed
          {"x": {"datatype": "integer", "default": "a"}} | variable 'x': its default: 'a' is not an integer (digits, with a sign before them if need be)
          {"x": {"datatype": "date", "default": "${logical_dat}"}} | variable 'x': its default: ${logical_dat}: unknown; did you mean 'logical_date'?; for a literal '${' write '$${'; correct it
          {"x": {"datatype": "string", "default": "c", "allowed": ["a", "b"]}} | variable 'x': its default 'c' is not allowed: a, b
          {"x": {"datatype": "integer", "allowed": ["a"]}} | variable 'x': in 'allowed', 'a' is not an integer (digits, with a sign before them if need be)
          {"x": {"datatype": "string", "allowed": []}} | variable 'x': 'allowed' must be a list of at least one value, not '[]'
          {"x": {"datatype": "string", "required": "yes"}} | variable 'x': 'required' must be true or false, not 'yes'
          {"x": {"datatype": "string", "required": true, "default": "a"}} | variable 'x': has a default, so 'required' cannot be true; leave one of them out
          {"x": {"datatype": "string", "direction": "output"}} | variable 'x': 'direction' is for datasets only, not for string; leave it out
          {"x": {"datatype": "dataset", "direction": "out"}} | variable 'x': 'direction' must be input or output, not 'out'
          """)
  void refuses(String json, String problem) {
    assertThat(VariableStructures.parse(json).problems()).containsExactly(problem);
  }

  @Test
  void tellsTheProblemsOfAllVariables() {
    assertThat(
            VariableStructures.parse("{\"a\": {}, \"b\": {\"datatype\": \"x\", \"y\": 1}}")
                .problems())
        .hasSize(3);
    assertThat(VariableStructures.parse("{").problems())
        .singleElement()
        .asString()
        .startsWith("not JSON: ");
  }
}
