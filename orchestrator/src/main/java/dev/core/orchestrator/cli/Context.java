package dev.core.orchestrator.cli;

import dev.core.common.configuration.PipelineDefinitions;
import dev.core.common.database.Database;
import dev.core.common.database.DatabaseLogin;
import dev.core.common.database.Dialect;
import dev.core.common.definition.PipelineDefinition;
import dev.core.common.settings.DatabaseSettings;
import dev.core.common.settings.Mode;
import dev.core.common.settings.Settings;
import dev.core.orchestrator.engine.RetryPolicy;
import dev.core.orchestrator.presentation.JsonAnswer;
import dev.core.orchestrator.store.CommandQueue;
import dev.core.orchestrator.store.CorrectionQueries;
import dev.core.orchestrator.store.DatasetQueries;
import dev.core.orchestrator.store.ForecastQueries;
import dev.core.orchestrator.store.PipelineQueries;
import dev.core.orchestrator.store.PipelineWhyQueries;
import dev.core.orchestrator.store.RerunQueries;
import dev.core.orchestrator.store.RunQueries;
import dev.core.orchestrator.store.SimulatedStore;
import dev.core.orchestrator.store.WhyQueries;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All that commands work with. Settings are read and the database is opened when first asked for,
 * and never twice; closing closes what was opened. For one command line, by one thread.
 */
public final class Context implements AutoCloseable {

  private final Map<String, String> environment;
  private final Path directory;
  private final Console console;
  private final Engine engine;
  private final Supplier<String> keys;
  private final InstantSource clock;
  private boolean json;
  private boolean debug;
  private boolean spoken;
  private @Nullable Settings settings;
  private @Nullable Database configuration;
  private @Nullable Database simulated;
  private final BackendWords words =
      new BackendWords(() -> engine().backend(Mode.CLOUD.text(), settings(), configuration()));

  /**
   * @param environment of the process
   * @param directory that relative paths are relative to
   * @param keys gives texts that were never used before, of letters, digits and dashes
   * @param clock names new files
   */
  public Context(
      Map<String, String> environment,
      Path directory,
      Console console,
      Engine engine,
      Supplier<String> keys,
      InstantSource clock) {
    this.environment = Map.copyOf(environment);
    this.directory = directory;
    this.console = console;
    this.engine = engine;
    this.keys = keys;
    this.clock = clock;
  }

  Console console() {
    return console;
  }

  Engine engine() {
    return engine;
  }

  /** Paths on the command line are relative to it. */
  Path directory() {
    return directory;
  }

  /** The clone, where the scripts name one; paths of settings are relative to it. */
  Path startDirectory() {
    return directory.resolve(Settings.startDirectory());
  }

  InstantSource clock() {
    return clock;
  }

  String newKey() {
    return keys.get();
  }

  boolean json() {
    return json;
  }

  void json(boolean on) {
    json = on;
  }

  boolean debug() {
    return debug;
  }

  void debug(boolean on) {
    debug = on;
  }

  Settings settings() {
    var loaded = settings;
    if (loaded == null) {
      loaded = Settings.load(environment, startDirectory());
      settings = loaded;
    }
    return loaded;
  }

  /** Where runs are recorded: with the configuration, unless they are simulated. */
  Database database() {
    return settings().mode() == Mode.SIMULATED ? simulated() : configuration();
  }

  /** How {@link #database} is reached. */
  DatabaseSettings databaseSettings() {
    return settings().mode() == Mode.SIMULATED
        ? settings().simulatedDatabase()
        : DatabaseLogin.of(settings());
  }

  /** Where the configuration is edited, in every mode. */
  Database configuration() {
    var opened = configuration;
    if (opened == null) {
      opened = Database.open(settings());
      configuration = opened;
      opened.requireCurrentSchema();
    }
    return opened;
  }

  private Database simulated() {
    var opened = simulated;
    if (opened == null) {
      opened = SimulatedStore.open(settings(), configuration());
      simulated = opened;
      console
          .err()
          .println(
              "simulated mode: nothing is executed; runs are recorded in "
                  + settings().simulatedHome()
                  + ", apart from real ones");
      console.err().flush();
    }
    return opened;
  }

  /** The definition that the records give now; refused if there is no such pipeline. */
  PipelineDefinition definition(String pipeline) {
    var store = configuration();
    return store
        .jdbi()
        .withHandle(handle -> PipelineDefinitions.read(handle, pipeline))
        .orElseThrow(() ->
            Names.unknown(
                "pipeline",
                pipeline,
                new PipelineQueries(store.jdbi()).names(),
                "core config import FILE brings some in"));
  }

  RunQueries runs() {
    return new RunQueries(database().jdbi());
  }

  WhyQueries why() {
    return new WhyQueries(database().jdbi(), settings().tasksAtOnce(), settings().claims(), words);
  }

  PipelineWhyQueries whyOfPipelines() {
    return new PipelineWhyQueries(database().jdbi(), settings().sizes());
  }

  PipelineQueries pipelines() {
    return new PipelineQueries(database().jdbi());
  }

  DatasetQueries datasets() {
    return new DatasetQueries(database().jdbi(), settings().branch());
  }

  CorrectionQueries corrections() {
    return new CorrectionQueries(database().jdbi());
  }

  /** Real runs tell how long real work takes, in every mode. */
  ForecastQueries forecasts() {
    var settings = settings();
    return new ForecastQueries(
        configuration().jdbi(),
        settings.tasksAtOnce(),
        settings.mode() == Mode.LOCAL ? Integer.valueOf(settings.localSlots()) : null,
        // A worker of a forecast never misses its time-out, so no grace is ever needed.
        new RetryPolicy(
            settings.infrastructureAttempts(),
            settings.infrastructureDelay(),
            settings.claims().lease(),
            Duration.ZERO));
  }

  RerunQueries reruns() {
    return new RerunQueries(database().jdbi(), settings().branch());
  }

  CommandQueue commands() {
    return new CommandQueue(database().jdbi(), database().dialect() == Dialect.POSTGRES);
  }

  /** Whether anything was said or answered. */
  boolean hasSpoken() {
    return spoken;
  }

  /** A line for people: on standard output, unless that is reserved for JSON. */
  void say(String line) {
    spoken = true;
    var writer = json ? console.err() : console.out();
    writer.println(line);
    writer.flush();
  }

  void say(Table table) {
    table.lines(console).forEach(this::say);
  }

  /** The answer of a command: one JSON value for programs, or what people get to see. */
  void answer(Object value, Runnable forPeople) {
    if (json) {
      spoken = true;
      console.out().println(JsonAnswer.of(value));
      console.out().flush();
    } else {
      forPeople.run();
    }
  }

  @Override
  public void close() {
    words.close();
    for (var opened : new @Nullable Database[] {simulated, configuration}) {
      if (opened != null) {
        opened.close();
      }
    }
  }
}
