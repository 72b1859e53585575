package dev.core.common.database;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import javax.net.SocketFactory;

/**
 * Sockets on which the Postgres driver learns without waiting that no more has come. Before it
 * gives notices away, it looks whether another one follows, by a read that waits one millisecond:
 * as long as all the rest of a task's transition takes. The driver finds this class by its name.
 */
public final class PromptSocketFactory extends SocketFactory {

  /** What the driver sets for that look alone; its other limits are whole seconds. */
  private static final int LOOK_MILLIS = 1;

  @Override
  public Socket createSocket() {
    return new PromptSocket();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return getDefault().createSocket(host, port);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return getDefault().createSocket(host, port, localHost, localPort);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return getDefault().createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
      throws IOException {
    return getDefault().createSocket(address, port, localAddress, localPort);
  }

  private static final class PromptSocket extends Socket {
    private volatile boolean looking;

    @Override
    public void setSoTimeout(int millis) throws SocketException {
      looking = millis == LOOK_MILLIS;
      super.setSoTimeout(millis);
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return new FilterInputStream(super.getInputStream()) {
        @Override
        public int read() throws IOException {
          look();
          return in.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          look();
          return in.read(bytes, offset, length);
        }

        private void look() throws IOException {
          if (looking && in.available() == 0) {
            throw new SocketTimeoutException("nothing has come");
          }
        }
      };
    }
  }
}
