package dev.bobbin.xmpp.testkit;

import java.io.IOException;

/** The client closed its stream with {@code </stream:stream>}. */
final class StreamClosed extends IOException {
  private static final long serialVersionUID = 1L;

  StreamClosed() {
    super("the client closed its stream");
  }
}
