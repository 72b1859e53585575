package dev.core.common.bell;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Can be rung by any process of this machine: "look again", nothing more, as an empty datagram on
 * the loopback address. Only a hint that may be lost, or come from anybody: whoever hangs one looks
 * by himself from time to time, too. Thread-safe.
 */
public final class Bell implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Bell.class);

  private final DatagramSocket socket;
  private final Runnable rung;

  private Bell(DatagramSocket socket, Runnable rung) {
    this.socket = socket;
    this.rung = rung;
  }

  /**
   * Hangs a bell at a free port.
   *
   * @param rung is called for each ring, in a thread of its own; must be quick
   * @return empty if this machine does not let it
   */
  public static Optional<Bell> hang(Runnable rung) {
    try {
      var bell =
          new Bell(
              new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)), rung);
      var _ = Thread.ofPlatform().name("bell").daemon().start(bell::listen);
      return Optional.of(bell);
    } catch (SocketException e) {
      LOG.debug("no bell can be hung; looking often instead", e);
      return Optional.empty();
    }
  }

  /** Where it is to be rung. */
  public int port() {
    return socket.getLocalPort();
  }

  private void listen() {
    var packet = new DatagramPacket(new byte[1], 1);
    while (!socket.isClosed()) {
      try {
        socket.receive(packet);
        rung.run();
      } catch (IOException e) {
        if (!socket.isClosed()) {
          LOG.debug("a ring could not be heard", e);
        }
      }
    }
  }

  /** Rings the bell of a port, if there is one. */
  public static void ring(int port) {
    try (var socket = new DatagramSocket()) {
      socket.send(
          new DatagramPacket(
              new byte[0], 0, new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
    } catch (IOException e) {
      LOG.debug("port {} could not be rung; whoever waits there looks by himself", port, e);
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
