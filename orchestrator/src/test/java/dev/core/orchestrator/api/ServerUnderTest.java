package dev.core.orchestrator.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.core.common.database.Database;
import dev.core.common.database.Dialect;
import dev.core.common.definition.SizeRule;
import dev.core.common.json.Json;
import dev.core.common.settings.ClaimSettings;
import dev.core.migrations.testing.TestDatabase;
import dev.core.orchestrator.engine.RetryPolicy;
import dev.core.orchestrator.store.DatasetQueries;
import dev.core.orchestrator.store.ForecastQueries;
import dev.core.orchestrator.store.PipelineWhyQueries;
import dev.core.orchestrator.store.PoolQueries;
import dev.core.orchestrator.store.RecordedRuns;
import dev.core.orchestrator.store.RerunQueries;
import dev.core.orchestrator.store.RunComparisons;
import dev.core.orchestrator.store.StatusQueries;
import dev.core.orchestrator.store.WhyQueries;
import dev.core.orchestrator.web.Pages;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;

/** The real server on a free port of loopback, over a test database that holds one pipeline. */
public final class ServerUnderTest implements AutoCloseable {

  private final TestDatabase testDatabase;
  private final Database database;
  private final RunFeed feed;
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  public ServerUnderTest(TestDatabase testDatabase) throws SQLException {
    this(testDatabase, false);
  }

  /**
   * @param simulated whether the pages are those of simulated mode
   */
  public ServerUnderTest(TestDatabase testDatabase, boolean simulated) throws SQLException {
    this.testDatabase = testDatabase;
    this.database =
        Database.over(
            testDatabase.dataSource(), testDatabase.isPostgres() ? Dialect.POSTGRES : Dialect.H2);
    testDatabase.execute(
        "insert into configuration.clients (name) values ('acme')",
        "insert into configuration.brands (client_id, name) values (1, 'shop')",
        "insert into configuration.pipeline_types (name) values ('etl')",
        """
        insert into configuration.pipelines (name, brand_id, pipeline_type_id)
        values ('flights', 1, 1)
        """,
        """
        insert into configuration.pipeline_parameters (pipeline_id, name, datatype, default_value)
        values (1, 'year', 'integer', '2008')
        """);
    var queries = Queries.of(database);
    var keys = new AtomicInteger();
    var commanding = new Commanding(queries, () -> "key" + keys.incrementAndGet());
    this.feed = new RunFeed(queries.runs());
    this.server =
        HttpServer.start(
            "127.0.0.1",
            0,
            List.of(
                new HealthRoutes(queries, () -> false),
                new StatusRoutes(new StatusQueries(database.jdbi(), 100)),
                new PipelineRoutes(queries, commanding),
                new ForecastRoutes(
                    queries,
                    new ForecastQueries(
                        database.jdbi(),
                        100,
                        4,
                        new RetryPolicy(3, Duration.ZERO, Duration.ofSeconds(120), Duration.ZERO))),
                new ScheduleRoutes(queries, commanding),
                new PoolRoutes(new PoolQueries(database.jdbi(), Duration.ofSeconds(120))),
                new RunEvents(queries.runs(), feed),
                new RunRoutes(queries, commanding),
                new WhyRoutes(
                    queries,
                    new WhyQueries(
                        database.jdbi(),
                        100,
                        new ClaimSettings(
                            Duration.ofSeconds(30),
                            Duration.ofSeconds(90),
                            Duration.ofSeconds(120))),
                    new PipelineWhyQueries(database.jdbi(), SizeRule.ANY)),
                new CorrectionRoutes(queries, commanding),
                new RerunRoutes(queries, new RerunQueries(database.jdbi(), "main"), commanding),
                new ComparisonRoutes(
                    queries,
                    new RunComparisons(
                        queries.runs(), new DatasetQueries(database.jdbi(), "main"))),
                new Pages(queries, simulated)));
  }

  /** What came back. */
  public record Answer(int status, HttpResponse<String> response) {
    public JsonNode json() {
      return Json.tree(response.body());
    }

    public String body() {
      return response.body();
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  public RecordedRuns recorded() {
    return new RecordedRuns(jdbi());
  }

  public Jdbi jdbi() {
    return database.jdbi();
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  public Answer get(String path, String... headers) {
    return send(request(path, headers).GET());
  }

  public Answer post(String path, String body, String... headers) {
    var request = request(path, headers).POST(BodyPublishers.ofString(body));
    return send(
        List.of(headers).contains("Content-Type")
            ? request
            : request.header("Content-Type", "application/json"));
  }

  /** Pretends to be a leader that answers every command with the same. */
  public void lead(String answer) throws SQLException {
    testDatabase.execute(
        """
        update execution.leadership set holder = 'test', epoch = 1,
          expires_at = execution.clock() + interval '60' second
        """);
    Thread.ofVirtual()
        .start(() -> {
          try {
            while (!feed.closed()) {
              testDatabase.execute(
                  "update execution.commands set status = 'APPLIED', answer = '%s'"
                          .formatted(answer)
                      + " where status = 'PENDING'");
            }
          } catch (SQLException e) {
            // The database is gone: so is the test.
          }
        });
  }

  private HttpRequest.Builder request(String path, String... headers) {
    var request = HttpRequest.newBuilder(uri(path));
    return headers.length == 0 ? request : request.headers(headers);
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      var response = client.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response);
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws SQLException {
    client.close();
    feed.close();
    server.close();
    database.close();
    testDatabase.close();
  }
}
