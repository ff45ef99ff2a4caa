package dev.bobbin.xmpp.core.internal.dial;

/**
 * A host to connect to.
 *
 * @param host a name or an address
 * @param port a TCP port
 * @param directTls whether TLS begins with the connection (<a
 *     href="https://xmpp.org/extensions/xep-0368.html">XEP-0368</a>), and not by STARTTLS
 */
public record Endpoint(String host, int port, boolean directTls) {
  @Override
  public String toString() {
    return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
  }
}
