package dev.core.orchestrator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.core.common.database.Database;
import dev.core.common.json.Json;
import dev.core.common.settings.Settings;
import dev.core.migrations.testing.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Runs command lines in this process and keeps what they print. */
final class CoreUnderTest {

  private final Map<String, String> environment = new HashMap<>();
  private final Path home;
  private final AtomicInteger keys = new AtomicInteger();
  private Engine engine = new EngineUnderTest();
  private @Nullable Supplier<@Nullable String> answers;

  /** What came of a command line. */
  record Ended(int code, String out, String err) {
    JsonNode json() {
      return Json.tree(out);
    }
  }

  /** With the embedded database in that folder. */
  CoreUnderTest(Path home) {
    this.home = home;
    environment.put("CORE_HOME", home.toString());
    environment.put("CORE_ACTOR", "ada");
  }

  /** With another database; nothing on Postgres is migrated by itself. */
  static CoreUnderTest on(TestDatabase database, Path home) {
    var core = new CoreUnderTest(home);
    if (database.isPostgres()) {
      core.with("CORE_DATABASE_URL", database.url())
          .with("CORE_DATABASE_USER", database.user())
          .with("CORE_DATABASE_PASSWORD", database.password());
    }
    return core;
  }

  CoreUnderTest with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  CoreUnderTest with(Engine other) {
    engine = other;
    return this;
  }

  /** With a person at a terminal, who answers so when asked. */
  CoreUnderTest answering(String... lines) {
    var next = List.of(lines).iterator();
    answers = () -> next.hasNext() ? next.next() : null;
    return this;
  }

  Ended run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var console =
        new Console(
            new PrintWriter(out),
            new PrintWriter(err),
            false,
            false,
            Integer.MAX_VALUE,
            false,
            answers);
    try (var context =
        new Context(
            environment,
            home,
            console,
            engine,
            () -> "key" + keys.incrementAndGet(),
            () -> Instant.parse("2026-11-22T06:00:00Z"))) {
      var code = new CoreCommandLine(context).run(arguments);
      return new Ended(code, out.toString(), err.toString());
    }
  }

  /** Works on the database behind the commands' backs. */
  CoreUnderTest prepared(Consumer<Jdbi> work) {
    try (var database = Database.open(Settings.load(environment, home))) {
      work.accept(database.jdbi());
    }
    return this;
  }
}
