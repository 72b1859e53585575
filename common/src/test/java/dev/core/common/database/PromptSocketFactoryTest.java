package dev.core.common.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PromptSocketFactoryTest {

  /** What the driver sets while it looks whether another notice follows. */
  private static final int LOOK_MILLIS = 1;

  private ServerSocket listening;
  private Socket server;
  private Socket client;
  private InputStream input;

  @BeforeEach
  void connect() throws IOException {
    listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    client = new PromptSocketFactory().createSocket();
    client.connect(listening.getLocalSocketAddress());
    server = listening.accept();
    input = client.getInputStream();
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    server.close();
    listening.close();
  }

  @Test
  void aLookThatFindsNothingSaysSo() throws IOException {
    client.setSoTimeout(LOOK_MILLIS);

    assertThatThrownBy(input::read).hasMessage("nothing has come");
    assertThatThrownBy(() -> input.read(new byte[8]))
        .isInstanceOf(SocketTimeoutException.class)
        .hasMessage("nothing has come");
  }

  @Test
  void whatHasComeIsRead() throws IOException {
    server.getOutputStream().write(new byte[] {1, 2, 3});
    // Blocks until the first byte is there; they came together.
    assertThat(input.read()).isEqualTo(1);
    client.setSoTimeout(LOOK_MILLIS);

    assertThat(input.read()).isEqualTo(2);
    assertThat(input.read()).isEqualTo(3);
  }

  @Test
  void otherReadsWait() throws IOException {
    client.setSoTimeout(LOOK_MILLIS);
    assertThatThrownBy(input::read).isInstanceOf(SocketTimeoutException.class);
    client.setSoTimeout(60_000);
    Thread.startVirtualThread(() -> {
      try {
        server.getOutputStream().write(7);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });

    assertThat(input.read()).isEqualTo(7);
  }

  @Test
  void theEndOfTheStreamIsSeen() throws IOException {
    server.close();
    assertThat(input.read()).isEqualTo(-1);
  }
}
