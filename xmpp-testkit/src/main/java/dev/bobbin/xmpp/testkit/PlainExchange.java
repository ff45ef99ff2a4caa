package dev.bobbin.xmpp.testkit;

import dev.bobbin.xmpp.api.jid.Jid;
import java.io.IOException;

/** PLAIN (<a href="https://www.rfc-editor.org/rfc/rfc4616">RFC 4616</a>): the password itself. */
final class PlainExchange implements SaslExchange {
  private final Accounts accounts;

  PlainExchange(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public Outcome prove(Dialogue dialogue) throws IOException, SaslFailure {
    String[] parts = dialogue.first().split("\0", -1);
    SaslFailure.unless(
        parts.length == 3 && !parts[1].isEmpty() && !parts[2].isEmpty(),
        SaslFailure.MALFORMED_REQUEST);
    Jid account =
        accounts
            .jid(parts[1])
            .filter(named -> accounts.isPassword(named, parts[2]))
            .orElseThrow(() -> new SaslFailure(SaslFailure.NOT_AUTHORIZED));
    return new Outcome(accounts.authorized(account, parts[0]));
  }
}
