package dev.core.worker.builtin;

import dev.core.worker.transformation.ConfigurationFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Text of any encoding, also packed with gzip, as plain UTF-8. */
record TextFiles(Charset charset, Path scratch) {

  static TextFiles of(String encoding, Path scratch) {
    try {
      return new TextFiles(Charset.forName(encoding), scratch);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationFault(
          "variable 'encoding': there is no encoding '%s'; common ones: utf-8, iso-8859-1, windows-1252, utf-16"
              .formatted(encoding),
          e);
    }
  }

  /** The file itself if it is UTF-8 already, else a copy in scratch. */
  Path utf8(Path file, int number) throws IOException, InterruptedException {
    boolean packed = file.toString().endsWith(".gz");
    if (!packed && charset.equals(StandardCharsets.UTF_8)) {
      return file;
    }
    var copy = scratch.resolve("source-" + number + ".txt");
    long lines = 1;
    try (var in = open(file, packed);
        var reader =
            new InputStreamReader(
                in,
                charset
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT));
        var out = Files.newBufferedWriter(copy)) {
      var buffer = new char[8192];
      while (true) {
        int read = reader.read(buffer);
        if (read < 0) {
          return copy;
        }
        for (int i = 0; i < read; i++) {
          lines += buffer[i] == '\n' ? 1 : 0;
        }
        out.write(buffer, 0, read);
        if (Thread.interrupted()) {
          throw new InterruptedException("while reading " + file);
        }
      }
    } catch (CharacterCodingException e) {
      throw new IOException(
          "%s is not %s text, at or soon after line %d"
              .formatted(file.getFileName(), charset.name(), lines),
          e);
    }
  }

  private static InputStream open(Path file, boolean packed) throws IOException {
    var in = Files.newInputStream(file);
    return packed ? new GZIPInputStream(in, 1 << 16) : in;
  }
}
