package dev.core.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/**
 * What the machine can do at best, by which figures are to be judged: a disk's commit rate was seen
 * to differ seventeen-fold within hours, so it is taken in the same run, before and after.
 *
 * @param commitsOfOne durable one-row updates a second of one client
 * @param commitsOfEight and of eight at once, each with a row of its own
 */
record MachineLimits(double commitsOfOne, double commitsOfEight) {

  private static final Duration TIME = Duration.ofMillis(1500);

  static MachineLimits of(DurableDatabase database)
      throws SQLException, InterruptedException, ExecutionException {
    prepare(database.dataSource());
    commits(database.dataSource(), 1);
    return new MachineLimits(commits(database.dataSource(), 1), commits(database.dataSource(), 8));
  }

  /** The mean of two readings, taken before and after what they are compared with. */
  MachineLimits mean(MachineLimits other) {
    return new MachineLimits(
        (commitsOfOne + other.commitsOfOne) / 2, (commitsOfEight + other.commitsOfEight) / 2);
  }

  /** Milliseconds that one commit of one client takes. */
  double commitMillis() {
    return 1000 / commitsOfOne;
  }

  /** Processes a second that this JVM starts and sees end, so many at once. */
  static double processStarts(int atOnce, String... command)
      throws InterruptedException, ExecutionException {
    return rate(
        atOnce,
        _ ->
            until -> {
              int count = 0;
              while (System.nanoTime() < until) {
                start(command);
                count++;
              }
              return count;
            });
  }

  /** Writes of 4 KiB a second, each forced to the disk before the next. */
  static double forcedWrites(Path folder)
      throws IOException, InterruptedException, ExecutionException {
    var file = Files.createTempFile(folder, "forced", ".bin");
    try {
      return rate(
          1,
          _ ->
              until -> {
                int count = 0;
                try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                  while (System.nanoTime() < until) {
                    channel.write(ByteBuffer.allocate(4096), count % 1000 * 4096L);
                    channel.force(false);
                    count++;
                  }
                }
                return count;
              });
    } finally {
      Files.delete(file);
    }
  }

  private static void start(String... command) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " exited with " + process.exitValue());
    }
  }

  private static void prepare(DataSource dataSource) throws SQLException {
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create table if not exists bench_rows (id integer primary key, n bigint)");
      statement.execute("delete from bench_rows");
      statement.execute(
          "insert into bench_rows values (0,0),(1,0),(2,0),(3,0),(4,0),(5,0),(6,0),(7,0)");
    }
  }

  private static double commits(DataSource dataSource, int clients)
      throws InterruptedException, ExecutionException {
    return rate(
        clients,
        client ->
            until -> {
              int count = 0;
              try (var connection = dataSource.getConnection();
                  var update =
                      connection.prepareStatement(
                          "update bench_rows set n = n + 1 where id = " + client)) {
                while (System.nanoTime() < until) {
                  update.executeUpdate();
                  count++;
                }
              }
              return count;
            });
  }

  private interface Client {
    int countUntil(long nanoTime) throws Exception;
  }

  private interface Clients {
    Client number(int client);
  }

  private static double rate(int atOnce, Clients clients)
      throws InterruptedException, ExecutionException {
    try (var threads = Executors.newFixedThreadPool(atOnce)) {
      long start = System.nanoTime();
      long until = start + TIME.toNanos();
      var counts =
          threads.invokeAll(
              IntStream.range(0, atOnce)
                  .<Callable<Integer>>mapToObj(
                      client -> () -> clients.number(client).countUntil(until))
                  .toList());
      long sum = 0;
      for (var count : counts) {
        sum += count.get();
      }
      return sum * 1e9 / (System.nanoTime() - start);
    }
  }
}
