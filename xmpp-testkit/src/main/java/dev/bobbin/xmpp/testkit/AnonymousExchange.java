package dev.bobbin.xmpp.testkit;

import java.io.IOException;

/**
 * ANONYMOUS (<a href="https://www.rfc-editor.org/rfc/rfc4505">RFC 4505</a>, <a
 * href="https://xmpp.org/extensions/xep-0175.html">XEP-0175</a>): whoever comes is given an account
 * of the server's making.
 */
final class AnonymousExchange implements SaslExchange {
  private static final int MAX_TRACE_CHARS = 255;

  private final Accounts accounts;

  AnonymousExchange(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public Outcome prove(Dialogue dialogue) throws IOException, SaslFailure {
    String trace = dialogue.first();
    SaslFailure.unless(
        trace.codePointCount(0, trace.length()) <= MAX_TRACE_CHARS, SaslFailure.MALFORMED_REQUEST);
    return new Outcome(accounts.jid("anonymous-" + RandomText.hex(8)).orElseThrow());
  }
}
