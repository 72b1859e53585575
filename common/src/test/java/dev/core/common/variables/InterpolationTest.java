package dev.core.common.variables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.json.Json;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterpolationTest {

  static final ResolutionContext CONTEXT =
      new ResolutionContext(
          Instant.parse("2026-03-01T02:30:00Z"),
          ZoneId.of("America/New_York"),
          42,
          "us_aviation",
          "national",
          "main",
          "flight_delays",
          "raw",
          2,
          Map.of("region", "north", "template", "${run_id}"),
          key ->
              key.equals("p_raw_extract_3")
                  ? Optional.of(
                      Json.tree(
                          "{\"rows\": 12, \"files\": [\"a\", {\"x\": true}], \"none\": null}"))
                  : Optional.empty());

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      textBlock =
          """
          plain text                                | plain text
          ${logical_date}                           | 2026-03-01T02:30:00Z
          ${logical_date:yyyy-MM-dd}                | 2026-02-28
          day=${logical_date:yyyyMMdd}/h=${logical_date:HH} | day=20260228/h=21
          ${logical_date:d MMMM yyyy, 'week' e}     | 28 February 2026, week 7
          ${logical_date:HH:mm}                     | 21:30
          ${run_id}-${attempt}                      | 42-2
          ${client}/${brand}/${branch}              | us_aviation/national/main
          ${pipeline}.${state}                      | flight_delays.raw
          ${parameter.region}                       | north
          ${parameter.template}                     | ${run_id}
          ${task.p_raw_extract_3.result.rows}       | 12
          ${task.p_raw_extract_3.result.files.0}    | a
          ${task.p_raw_extract_3.result.files.1.x}  | true
          ${task.p_raw_extract_3.result.files}      | ["a",{"x":true}]
          $${run_id} and $${HOME}                   | ${run_id} and ${HOME}
          $HOME costs $5 $ {x}                      | $HOME costs $5 $ {x}
          $$${run_id}                               | $${run_id}
          {run_id} }                                | {run_id} }
          """)
  void resolvesTo(String text, String resolved) {
    assertThat(Interpolation.parse(text).resolve(CONTEXT)).isEqualTo(Checked.valid(resolved));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      delimiter = '|',
      textBlock =
          """
          ${brnad}                          | ${brnad}: unknown; did you mean 'brand'?; for a literal '${' write '$${'
          ${HOME}                           | ${HOME}: unknown; for a literal '${' write '$${'
          ${}                               | ${}: unknown; for a literal '${' write '$${'
          ${run_id                          | ${run_id: the closing '}' is missing; for a literal '${' write '$${'
          ${logical_date:}                  | ${logical_date:}: the date format is empty; write one such as yyyy-MM-dd
          ${logical_date:yyyy-mm-dd}        | ${logical_date:yyyy-mm-dd}: bad date format 'yyyy-mm-dd': m is the minute; the month is M
          ${logical_date:YYYY-MM-dd}        | ${logical_date:YYYY-MM-dd}: bad date format 'YYYY-MM-dd': Y is the year of the week, which differs around New Year; the year is y
          ${logical_date:yyyy-MM-DD}        | ${logical_date:yyyy-MM-DD}: bad date format 'yyyy-MM-DD': D is the day of the year; the day of the month is d
          ${logical_date:bogus}             | ${logical_date:bogus}: bad date format 'bogus': Unknown pattern letter: b
          ${run_id:yyyy}                    | ${run_id:yyyy}: only logical_date takes a format, as in ${logical_date:yyyy-MM-dd}; did you mean 'run_id'?
          ${parameter.}                     | ${parameter.}: after 'parameter.' comes a name: a name may not be empty; lower-case letters, digits and underscores, a letter first
          ${parameter.regoin}               | ${parameter.regoin}: the run has no parameter of that name; did you mean 'region'?
          ${task.x}                         | ${task.x}: a task's result is written ${task.<task key>.result.<property>}
          ${task.x.result}                  | ${task.x.result}: that task returned nothing, or is not upstream
          ${task.p_raw_extract_3.result.row} | ${task.p_raw_extract_3.result.row}: the result has no 'row'; did you mean 'rows'?
          ${task.p_raw_extract_3.result.files.7} | ${task.p_raw_extract_3.result.files.7}: the result has no '7'
          ${task.p_raw_extract_3.result.none} | ${task.p_raw_extract_3.result.none}: the result is null there
          """)
  void cannotResolve(String text, String problem) {
    assertThat(Interpolation.parse(text).resolve(CONTEXT).problems()).containsExactly(problem);
  }

  @Test
  void tellsAllProblemsAtOnceAndEachOnce() {
    var problems =
        Interpolation.parse("${a_} ${parameter.b} ${parameter.b} ${run_id} ${c_")
            .resolve(CONTEXT)
            .problems();

    assertThat(problems).hasSize(3);
  }

  @Test
  void checksNamesBeforeThereIsARun() {
    var known =
        new KnownNames(Set.of("region"), Set.of("p_raw_a_1"), Set.of("p_raw_a_1", "p_raw_b_2"));

    assertThat(
            Interpolation.parse(
                    "${parameter.region} ${task.p_raw_a_1.result.x} ${parameter.regin}"
                        + " ${task.p_raw_b_2.result} ${task.p_raw_c_1.result} ${client} ${cleint}")
                .check(known))
        .containsExactly(
            "${parameter.regin}: the pipeline has no parameter of that name; did you mean"
                + " 'region'?; it has region",
            "${task.p_raw_b_2.result}: that task is not upstream: it has not ended when this one"
                + " starts",
            "${task.p_raw_c_1.result}: the pipeline has no task of that key; did you mean"
                + " 'p_raw_a_1'?; tasks before this one: p_raw_a_1",
            "${cleint}: unknown; did you mean 'client'?; for a literal '${' write '$${'");
  }

  @Test
  void knowsItsReferences() {
    assertThat(Interpolation.parse("${client} $${brand} ${parameter.x}").references())
        .isEqualTo(
            List.of(new Reference.Fact(Reference.FactName.CLIENT), new Reference.Parameter("x")));
    assertThat(Interpolation.parse("a $${brand}").literal()).contains("a ${brand}");
    assertThat(Interpolation.parse("a ${brand}").literal()).isEmpty();
  }

  @Test
  void longTextIsParsedInLinearTime() {
    var text = "${".repeat(200_000);

    assertThat(Interpolation.parse(text).references()).hasSize(1);
  }
}
