package dev.bobbin.testservers;

import dev.bobbin.xmpp.api.XmppException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What starting is like for any software: a folder, a certificate, and a port that was free. */
final class ServerStart {
  private static final int PORT_ATTEMPTS = 5;

  /** What there is of a server that runs. */
  record Started(
      ServerSettings settings,
      int port,
      ServerCertificate certificate,
      ServerFolder folder,
      ChildProcess process) {}

  /** Starts the software once. */
  @FunctionalInterface
  interface Attempt {
    /**
     * Configures and starts it, and waits until it listens.
     *
     * @param port where it is to listen; another program may have taken it meanwhile
     * @param attempt 0 for the first
     * @return null when another program has the port
     */
    @Nullable ChildProcess start(
        int port, ServerCertificate certificate, ServerFolder folder, int attempt)
        throws IOException;
  }

  private ServerStart() {}

  static Started run(
      ServerSoftware software, ServerSettings settings, String packages, Attempt attempt) {
    try {
      ServerFolder folder = ServerFolder.create(software.name().toLowerCase(Locale.ROOT));
      try {
        return run(software, settings, folder, attempt);
      } catch (IOException | RuntimeException | Error e) {
        folder.close();
        throw e;
      }
    } catch (IOException e) {
      throw new XmppException(
          "Cannot start "
              + software
              + ": "
              + e.getMessage()
              + ". It wants: apt-get install -y "
              + packages,
          e);
    }
  }

  private static Started run(
      ServerSoftware software, ServerSettings settings, ServerFolder folder, Attempt attempt)
      throws IOException {
    ServerCertificate certificate = ServerCertificate.create(settings.certificateDomain(), folder);
    for (int i = 0; i < PORT_ATTEMPTS; i++) {
      int port = freePort();
      ChildProcess process = attempt.start(port, certificate, folder, i);
      if (process != null) {
        return new Started(settings, port, certificate, folder, process);
      }
    }
    throw new XmppException(
        "Each of " + PORT_ATTEMPTS + " free ports was taken by another program before " + software);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
