package dev.bobbin.xmpp.api.jid;

import dev.bobbin.xmpp.api.Quoted;
import dev.bobbin.xmpp.api.XmppException;

/** Text that is no XMPP address; the message quotes it, cut to 100 characters, and says why. */
public final class MalformedJidException extends XmppException {
  private static final long serialVersionUID = 1L;

  MalformedJidException(String text, String reason) {
    super("'" + Quoted.of(text) + "' is no JID: " + reason + " (docs/errors.md#malformed-jid)");
  }
}
