package dev.bobbin.testservers;

import dev.bobbin.testservers.ServerPlace.Ports;
import dev.bobbin.xmpp.api.XmppException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What starting is like for any software: a folder, certificates, and ports that were free. */
final class ServerStart {
  private static final int PORT_ATTEMPTS = 5;

  /** What there is of a server that runs. */
  record Started(
      ServerSettings settings, ServerPlace place, ServerFolder folder, ChildProcess process) {}

  /** Starts the software once. */
  @FunctionalInterface
  interface Attempt {
    /**
     * Configures and starts it, and waits until it listens.
     *
     * @param place where it is to be; another program may have taken a port meanwhile
     * @return null when another program has a port
     */
    @Nullable ChildProcess start(ServerPlace place) throws IOException;
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
    ServerPlace place = ServerPlace.create(settings, freePorts(), folder.path());
    for (int i = 0; i < PORT_ATTEMPTS; i++) {
      ChildProcess process = attempt.start(place);
      if (process != null) {
        return new Started(settings, place, folder, process);
      }
      place = place.at(freePorts());
    }
    throw new XmppException(
        "Of each of "
            + PORT_ATTEMPTS
            + " pairs of free ports, another program took one before "
            + software);
  }

  static Ports freePorts() throws IOException {
    try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new Ports(one.getLocalPort(), other.getLocalPort());
    }
  }
}
