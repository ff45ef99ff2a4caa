package dev.bobbin.xmpp.testkit;

/**
 * Where clients are sent instead (RFC 6120 section 4.9.3.19).
 *
 * @param target the host and the port, as the stream error holds them
 * @param overTlsOnly whether they are told over TLS alone, and not on clear text
 */
record Redirect(String target, boolean overTlsOnly) {
  private static final int MAX_PORT = 65_535;

  /** What is no host name, IPv4 or IPv6 address, or no port, is refused. */
  static Redirect to(String host, int port, boolean overTlsOnly) {
    boolean ipv6 = host.matches("[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");
    if (!ipv6 && !host.matches("[A-Za-z0-9.-]+")) {
      throw new IllegalArgumentException("'" + host + "' is no host to redirect to");
    }
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("The port to redirect to is " + port);
    }
    return new Redirect((ipv6 ? '[' + host + ']' : host) + ':' + port, overTlsOnly);
  }

  StreamFault fault() {
    return new StreamFault("see-other-host", target, "this domain is served elsewhere");
  }
}
