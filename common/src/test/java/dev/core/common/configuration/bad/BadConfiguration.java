package dev.core.common.configuration.bad;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A bad configuration of the corpus: a file of the folder {@code yaml} that is to be imported, or a
 * file of {@code sql} with edits of the store. Either is tried on the good configuration of {@code
 * base.yaml}.
 *
 * <p>Lines that begin with {@code #!} ({@code --!} in SQL) are no part of the file: each stands for
 * one problem that must be told, and holds parts of its text, separated by {@code …}. What an
 * editor would hide is written as {@code @{NUL}} or as {@code @{x*1000}}, which is so many of it.
 *
 * @param name folder and file
 * @param input as it is given to the product
 * @param problems the parts of each problem that must be told, one list for each
 */
public record BadConfiguration(String name, Path path, byte[] input, List<List<String>> problems) {

  private static final Pattern REPEATED =
      Pattern.compile("@\\{(.)\\*([0-9]+)}", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Map<String, String> HIDDEN =
      Map.of("@{NUL}", "\0", "@{BEL}", "\u0007", "@{LATIN1_E}", "\u00e9", "@{BOM}", "\ufeff");
  private static final String UTF_16 = "@{UTF16}";

  /** Those of a folder, in the order of their names. */
  public static List<BadConfiguration> of(String folder, String mark) {
    try (var files = Files.walk(folder(folder))) {
      return files.filter(Files::isRegularFile).sorted().map(file -> read(file, mark)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The good configuration. */
  public static String base() {
    try (var stream = BadConfiguration.class.getResourceAsStream("base.yaml")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The input, for messages and for edits. */
  public String text() {
    return new String(input, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return name;
  }

  /** The folder may be in a jar, when another module's tests use it. */
  private static Path folder(String name) {
    try {
      URI uri = BadConfiguration.class.getResource(name).toURI();
      if (uri.getScheme().equals("jar")) {
        try {
          var _ = FileSystems.getFileSystem(uri);
        } catch (FileSystemNotFoundException _) {
          var _ = FileSystems.newFileSystem(uri, Map.of());
        }
      }
      return Path.of(uri);
    } catch (URISyntaxException | IOException e) {
      throw new IllegalStateException(name, e);
    }
  }

  private static BadConfiguration read(Path file, String mark) {
    try {
      var problems = new ArrayList<List<String>>();
      var input = new StringBuilder();
      for (String line : Files.readString(file).split("(?<=\n)")) {
        if (line.startsWith(mark)) {
          problems.add(parts(line.substring(mark.length())));
        } else {
          input.append(line);
        }
      }
      var name = file.getParent().getFileName() + "/" + file.getFileName();
      return new BadConfiguration(name, file, bytes(input.toString()), problems);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> parts(String line) {
    return List.of(line.split("…")).stream()
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  private static byte[] bytes(String written) {
    var text =
        REPEATED
            .matcher(written)
            .replaceAll(found ->
                java.util.regex.Matcher.quoteReplacement(
                    found.group(1).repeat(Integer.parseInt(found.group(2)))));
    if (text.startsWith(UTF_16)) {
      return text.substring(UTF_16.length()).getBytes(StandardCharsets.UTF_16);
    }
    boolean latin = text.contains("@{LATIN1_E}");
    for (var hidden : HIDDEN.entrySet()) {
      text = text.replace(hidden.getKey(), hidden.getValue());
    }
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(text.getBytes(latin ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8));
    return bytes.toByteArray();
  }
}
