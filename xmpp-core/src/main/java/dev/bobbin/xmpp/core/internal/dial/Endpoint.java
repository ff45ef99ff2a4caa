package dev.bobbin.xmpp.core.internal.dial;

/**
 * A host to connect to.
 *
 * @param host a name or an address
 * @param port a TCP port
 */
public record Endpoint(String host, int port) {
  @Override
  public String toString() {
    return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
  }
}
