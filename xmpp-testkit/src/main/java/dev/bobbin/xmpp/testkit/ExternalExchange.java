package dev.bobbin.xmpp.testkit;

import dev.bobbin.xmpp.api.jid.Jid;
import java.io.IOException;
import java.util.List;

/**
 * EXTERNAL (RFC 4422 appendix A) with the client's TLS certificate, by the rules of <a
 * href="https://xmpp.org/extensions/xep-0178.html#c2s">XEP-0178 section 2</a>: it stands for the
 * accounts whose addresses it names.
 */
final class ExternalExchange implements SaslExchange {
  private final Accounts accounts;
  private final SaslOffer offer;

  ExternalExchange(Accounts accounts, SaslOffer offer) {
    this.accounts = accounts;
    this.offer = offer;
  }

  @Override
  public Outcome prove(Dialogue dialogue) throws IOException, SaslFailure {
    String authzid = dialogue.first();
    List<Jid> own =
        offer.clientCertificate().map(XmppAddresses::in).orElse(List.of()).stream()
            .filter(accounts::isKnown)
            .toList();
    SaslFailure.unless(!own.isEmpty(), SaslFailure.NOT_AUTHORIZED);
    // One address goes without saying; of several the client has to name one.
    return new Outcome(
        own.stream()
            .filter(jid -> authzid.isEmpty() ? own.size() == 1 : jid.toString().equals(authzid))
            .findFirst()
            .orElseThrow(() -> new SaslFailure(SaslFailure.INVALID_AUTHZID)));
  }
}
