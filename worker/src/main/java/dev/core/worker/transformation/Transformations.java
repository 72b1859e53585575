package dev.core.worker.transformation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What this worker can run, by name. Immutable and thread-safe. */
public final class Transformations {

  private final SortedMap<String, Transformation> byName;

  private Transformations(SortedMap<String, Transformation> byName) {
    this.byName = Collections.unmodifiableSortedMap(byName);
  }

  /**
   * Finds the built-in ones, and those in jars of a folder, which get one class loader of their
   * own: jars of the folder see each other and CORE.
   *
   * @param folder null: no more than the built-in ones
   * @throws TransformationsProblem with all that is wrong: a missing folder, a provider that cannot
   *     be made, a name used twice
   */
  public static Transformations load(@Nullable Path folder) {
    var parent = Transformation.class.getClassLoader();
    if (folder == null) {
      return load(ServiceLoader.load(Transformation.class, parent));
    }
    var loader = new URLClassLoader("transformations", jars(folder), parent);
    return load(ServiceLoader.load(Transformation.class, loader));
  }

  /** Exactly these. */
  public static Transformations of(Collection<? extends Transformation> transformations) {
    var problems = new ArrayList<String>();
    var byName = new TreeMap<String, Transformation>();
    for (var transformation : transformations) {
      add(transformation, byName, problems);
    }
    return checked(byName, problems);
  }

  public Optional<Transformation> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** All, by name. */
  public List<TransformationDescription> descriptions() {
    return byName.values().stream().map(Transformation::description).toList();
  }

  private static Transformations load(ServiceLoader<Transformation> found) {
    var problems = new ArrayList<String>();
    var byName = new TreeMap<String, Transformation>();
    var providers = found.stream().iterator();
    while (true) {
      try {
        if (!providers.hasNext()) {
          return checked(byName, problems);
        }
        add(providers.next().get(), byName, problems);
      } catch (ServiceConfigurationError | LinkageError e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
  }

  private static void add(
      Transformation transformation,
      SortedMap<String, Transformation> byName,
      List<String> problems) {
    var name = transformation.description().name();
    var other = byName.putIfAbsent(name, transformation);
    if (other != null) {
      problems.add(
          "two transformations are named '%s': %s and %s"
              .formatted(name, origin(other), origin(transformation)));
    }
  }

  private static Transformations checked(
      SortedMap<String, Transformation> byName, List<String> problems) {
    if (!problems.isEmpty()) {
      throw new TransformationsProblem(problems);
    }
    return new Transformations(byName);
  }

  private static String origin(Transformation transformation) {
    var type = transformation.getClass();
    var source = type.getProtectionDomain().getCodeSource();
    return source == null || source.getLocation() == null
        ? type.getName()
        : type.getName() + " in " + Path.of(source.getLocation().getPath()).getFileName();
  }

  private static URL[] jars(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new TransformationsProblem(
          List.of("the folder of transformations does not exist: " + folder));
    }
    try (var entries = Files.list(folder)) {
      return entries
          .filter(file -> file.getFileName().toString().endsWith(".jar"))
          .sorted()
          .map(Transformations::url)
          .toArray(URL[]::new);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("no URL for " + jar, e);
    }
  }

  /** The transformations of a worker contradict each other or cannot be loaded. */
  public static final class TransformationsProblem extends RuntimeException {
    TransformationsProblem(List<String> problems) {
      super(String.join("\n", problems));
    }
  }
}
