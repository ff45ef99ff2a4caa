package dev.bobbin.xmpp.api;

/**
 * Where a client stands between not being connected and being logged in. A connection passes
 * through the states in the order in which they are declared, with two exceptions: it may fail from
 * each of them, which leads to {@link #DISCONNECTED}, and while it is being made it may go back to
 * {@link #CONNECTING}, to try another server.
 */
public enum ConnectionState {
  /** There is no connection, and none is being made. */
  DISCONNECTED,
  /** The server is looked up, and a TCP connection to it made. */
  CONNECTING,
  /** TLS is negotiated, and the server asked over TLS what it offers. */
  SECURING,
  /** Server and client prove to each other who they are. */
  AUTHENTICATING,
  /** The server makes our full JID. */
  BINDING,
  /** Logged in: stanzas can be sent. */
  CONNECTED,
  /** The stream is being closed, by either side: what was sent before may still leave. */
  CLOSING
}
