package dev.bobbin.xmpp.testkit;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.jid.MalformedJidException;
import dev.bobbin.xmpp.api.stanza.Stanza;

/**
 * The client's opening tag (RFC 6120 section 4.7).
 *
 * @param name its local name
 * @param namespace its namespace
 * @param contentNamespace the default namespace that it declares, empty for none
 * @param to the domain that the client wants, empty for none
 * @param version the protocol's version, empty for none
 */
record StreamHeader(
    String name, String namespace, String contentNamespace, String to, String version) {
  static final String STREAMS = "http://etherx.jabber.org/streams";

  void check(Jid domain) throws StreamFault {
    if (!namespace.equals(STREAMS)) {
      throw new StreamFault("invalid-namespace", "the stream is not in " + STREAMS);
    }
    if (!name.equals("stream")) {
      throw new StreamFault("bad-format", "the first element is no stream");
    }
    if (!contentNamespace.equals(Stanza.NAMESPACE)) {
      throw new StreamFault(
          "invalid-namespace", "the default namespace is not " + Stanza.NAMESPACE);
    }
    if (!version.matches("[1-9][0-9]{0,3}\\.[0-9]{1,4}")) {
      throw new StreamFault("unsupported-version", "the version is not 1.0");
    }
    if (to.isEmpty()) {
      throw new StreamFault("improper-addressing", "the stream has no 'to'");
    }
    if (!isDomain(domain)) {
      throw new StreamFault("host-unknown", "this server is " + domain);
    }
  }

  private boolean isDomain(Jid domain) {
    try {
      return Jid.of(to).equals(domain);
    } catch (MalformedJidException e) {
      return false;
    }
  }
}
