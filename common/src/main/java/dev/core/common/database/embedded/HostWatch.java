package dev.core.common.database.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * Tells a guest at once that its host is gone, instead of letting each of its connections find out
 * by failing. It is a connection to the host over which nothing is said: it ends when the host
 * does.
 */
final class HostWatch implements AutoCloseable {
  private final Socket socket;

  private HostWatch(Socket socket) {
    this.socket = socket;
  }

  /**
   * @param whenGone called once, in a thread of its own, unless this is closed first
   * @throws IOException if nobody listens there
   */
  static HostWatch of(HostAddress host, Runnable whenGone) throws IOException {
    var socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), host.port()));
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    Thread.ofVirtual().name("host-watch").start(() -> awaitEnd(socket, whenGone));
    return new HostWatch(socket);
  }

  private static void awaitEnd(Socket socket, Runnable whenGone) {
    try (socket) {
      if (socket.getInputStream().read() >= 0) {
        return;
      }
    } catch (IOException e) {
      // A killed host resets the connection; and so ends a watch that was closed.
    }
    whenGone.run();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
