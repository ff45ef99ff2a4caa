package dev.bobbin.xmpp.api.jid;

import dev.bobbin.xmpp.api.XmppException;

/** Text that is no XMPP address; the message quotes it, cut to 100 characters, and says why. */
public final class MalformedJidException extends XmppException {
  private static final long serialVersionUID = 1L;
  private static final int QUOTED = 100;

  MalformedJidException(String text, String reason) {
    super("'" + quoted(text) + "' is no JID: " + reason + " (docs/errors.md#malformed-jid)");
  }

  private static String quoted(String text) {
    StringBuilder printable = new StringBuilder();
    text.codePoints()
        .limit(QUOTED)
        .forEach(
            c -> {
              if (Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE) {
                printable.append('\uFFFD');
              } else {
                printable.appendCodePoint(c);
              }
            });
    return text.codePointCount(0, text.length()) > QUOTED
        ? printable + "..."
        : printable.toString();
  }
}
