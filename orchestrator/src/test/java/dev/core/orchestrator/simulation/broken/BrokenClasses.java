package dev.core.orchestrator.simulation.broken;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * The engine and the simulator once more, with the classes of one source file in another form; all
 * that is not ours, and what H2 calls by name, is shared.
 */
final class BrokenClasses extends ClassLoader {

  private static final String SHARED = "dev.core.orchestrator.simulation.jvm.";

  private final Map<String, byte[]> changed;

  private BrokenClasses(Map<String, byte[]> changed) {
    super("broken", BrokenClasses.class.getClassLoader());
    this.changed = changed;
  }

  /** A simulator of that engine: seed to violation, null if every law held. */
  static LongFunction<@Nullable String> simulator(BrokenEngine engine)
      throws IOException, ReflectiveOperationException {
    var loader = new BrokenClasses(compiled(engine));
    try {
      @SuppressWarnings("unchecked") // Trial is one, whichever loader loaded it
      var trial =
          (LongFunction<@Nullable String>)
              loader
                  .loadClass("dev.core.orchestrator.simulation.Trial")
                  .getDeclaredConstructor()
                  .newInstance();
      return trial;
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("the simulator of '" + engine + "' does not start", e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    boolean ours =
        (name.startsWith("dev.core.orchestrator.") || name.startsWith("dev.core.common."))
            && !name.startsWith(SHARED);
    if (!ours) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known != null ? known : defined(name);
    }
  }

  private Class<?> defined(String name) throws ClassNotFoundException {
    byte[] bytes = changed.get(name);
    if (bytes == null) {
      try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        bytes = in.readAllBytes();
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  private static Map<String, byte[]> compiled(BrokenEngine engine) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    var problems = new DiagnosticCollector<JavaFileObject>();
    var classes = new HashMap<String, ByteArrayOutputStream>();
    try (var files = new InMemory(compiler.getStandardFileManager(problems, null, null), classes)) {
      boolean compiles =
          compiler
              .getTask(
                  null,
                  files,
                  problems,
                  List.of(
                      "-proc:none",
                      "-parameters",
                      "-nowarn",
                      "-implicit:none",
                      "-classpath",
                      System.getProperty("java.class.path")),
                  null,
                  List.of(new Source(engine.type(), engine.source())))
              .call();
      if (!compiles) {
        throw new IllegalStateException(
            "broken engine '"
                + engine
                + "' does not compile: "
                + problems.getDiagnostics().stream()
                    .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
                    .toList());
      }
    }
    var bytes = new HashMap<String, byte[]>();
    classes.forEach((name, out) -> bytes.put(name, out.toByteArray()));
    return bytes;
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String type, String text) {
      super(URI.create("string:///" + type.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreErrors) {
      return text;
    }
  }

  private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> classes;

    InMemory(JavaFileManager files, Map<String, ByteArrayOutputStream> classes) {
      super(files);
      this.classes = classes;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location,
        String className,
        JavaFileObject.Kind kind,
        @Nullable FileObject sibling) {
      if (location != StandardLocation.CLASS_OUTPUT) {
        throw new IllegalStateException("unexpected output of " + className + " to " + location);
      }
      return new SimpleJavaFileObject(URI.create("memory:///" + className), kind) {
        @Override
        public OutputStream openOutputStream() {
          var out = new ByteArrayOutputStream();
          classes.put(className, out);
          return out;
        }
      };
    }
  }
}
