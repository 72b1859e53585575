package dev.core.worker.transformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.core.worker.attempt.Attempts;
import dev.core.worker.transformation.Transformations.TransformationsProblem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransformationsTest {

  private static final String SERVICE =
      "META-INF/services/dev.core.worker.transformation.Transformation";

  @TempDir Path folder;

  /** The example of the guide, so that the guide stays true. */
  private static String example() throws IOException {
    var guide = Files.readString(Path.of("../docs/writing-a-transformation.md"));
    var block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(guide);
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  private Path jar(String name, String type, String source) throws IOException {
    var classes = Files.createDirectories(folder.resolve("classes-" + name));
    var file = Files.writeString(classes.resolve(type + ".java"), source);
    var said = new java.io.ByteArrayOutputStream();
    int exit =
        ToolProvider.getSystemJavaCompiler()
            .run(null, said, said, "-d", classes.toString(), file.toString());
    assertThat(exit).as(said.toString(StandardCharsets.UTF_8)).isZero();
    var jars = Files.createDirectories(folder.resolve("jars"));
    var jar = jars.resolve(name + ".jar");
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      entry(out, SERVICE, ("acme." + type + "\n").getBytes(StandardCharsets.UTF_8));
      try (var tree = Files.walk(classes.resolve("acme"))) {
        for (var each : (Iterable<Path>) tree.filter(Files::isRegularFile)::iterator) {
          entry(out, classes.relativize(each).toString(), Files.readAllBytes(each));
        }
      }
    }
    return jars;
  }

  private static void entry(JarOutputStream out, String name, byte[] bytes) throws IOException {
    out.putNextEntry(new JarEntry(name));
    ((OutputStream) out).write(bytes);
    out.closeEntry();
  }

  private static List<String> names(Transformations transformations) {
    return transformations.descriptions().stream().map(TransformationDescription::name).toList();
  }

  @Test
  void builtInTransformationsAreFound() {
    assertThat(names(Transformations.load(null)))
        .containsExactly("copy_files", "initial_ingest", "publish_files", "shell", "sql");
  }

  @Test
  void exampleOfTheGuideIsFoundInAFolderOfJarsAndRuns() throws Exception {
    var found = Transformations.load(jar("example", "KeepLines", example()));
    assertThat(names(found)).hasSize(6).contains("keep_lines", "shell");
    var text = Files.writeString(folder.resolve("text.txt"), "one word\nanother\nthe last word\n");
    var outcome =
        new Attempts(found.find("keep_lines").orElseThrow(), folder)
            .with("word", "word")
            .reading("input", text)
            .run();
    assertThat(outcome.result().get("kept").asInt()).isEqualTo(2);
    assertThat(folder.resolve("outputs/output/text.txt")).hasContent("one word\nthe last word\n");
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() throws Exception {
    var copy = example().replace("KeepLines", "KeepOthers");
    var shell = example().replace("KeepLines", "OtherShell").replace("keep_lines", "shell");
    jar("a", "KeepLines", example());
    jar("b", "KeepOthers", copy);
    jar("c", "OtherShell", shell);
    var jars =
        jar(
            "d",
            "Hidden",
            example()
                .replace("KeepLines", "Hidden")
                .replace(
                    "  @Override\n  public TransformationDescription",
                    "  private Hidden() {}\n\n  @Override\n  public TransformationDescription"));
    assertThatThrownBy(() -> Transformations.load(jars))
        .isInstanceOf(TransformationsProblem.class)
        .hasMessageContaining("two transformations are named 'keep_lines'")
        .hasMessageContaining("acme.KeepLines in a.jar")
        .hasMessageContaining("acme.KeepOthers in b.jar")
        .hasMessageContaining("two transformations are named 'shell'")
        .hasMessageContaining("acme.OtherShell in c.jar")
        .hasMessageContaining("acme.Hidden");
  }

  @Test
  void folderThatDoesNotExistIsNamed() {
    assertThatThrownBy(() -> Transformations.load(folder.resolve("nowhere")))
        .isInstanceOf(TransformationsProblem.class)
        .hasMessageContaining("nowhere");
  }

  @Test
  void descriptionsRefuseWhatCannotBeAName() {
    assertThatThrownBy(() -> TransformationDescription.of("My Work", ""))
        .hasMessageContaining("'My Work'");
    var names = new ArrayList<String>();
    TransformationDescription.of("x", "")
        .with("b", dev.core.common.variables.VariableStructure.output(""))
        .with("a", dev.core.common.variables.VariableStructure.output(""))
        .variables()
        .forEach((name, _) -> names.add(name));
    assertThat(names).containsExactly("b", "a");
  }
}
