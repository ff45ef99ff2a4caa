package dev.bobbin.xmpp.core.internal.dial;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.Quoted;
import java.net.IDN;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The name by which DNS and certificates know the domain of a JID. The JDK converts by IDNA2003,
 * which takes some letters for others (a sharp s for ss, a final sigma for a sigma) or for nothing
 * (joiners), where JIDs keep them apart (<a
 * href="https://www.rfc-editor.org/rfc/rfc7622#section-3.2">RFC 7622 section 3.2</a>, <a
 * href="https://www.rfc-editor.org/rfc/rfc5894#section-7.2">RFC 5894 section 7.2</a>): the name
 * would be that of somebody else. So only what comes back from ASCII as it went is converted.
 */
public final class DomainName {
  private static final int LONGEST = 253;

  private DomainName() {}

  /**
   * Converts a domain to A-labels; those that it has already stay as they are.
   *
   * @param domain the domain of a JID, no address in brackets
   * @return ASCII in lower case
   * @throws ConnectionException when it has no such form, or this JDK cannot tell it
   */
  public static String ascii(String domain) {
    StringJoiner name = new StringJoiner(".");
    for (String label : domain.toLowerCase(Locale.ROOT).split("\\.", -1)) {
      name.add(ascii(domain, label));
    }
    if (name.length() > LONGEST) {
      throw refused(domain, "it is longer than " + LONGEST + " characters in ASCII", null);
    }
    return name.toString();
  }

  private static String ascii(String domain, String label) {
    if (label.isEmpty()) {
      throw refused(domain, "it has an empty label", null);
    }
    String ascii;
    try {
      ascii = IDN.toASCII(label, IDN.ALLOW_UNASSIGNED);
    } catch (IllegalArgumentException e) {
      throw refused(domain, Quoted.of(String.valueOf(e.getMessage())), e);
    }
    if (ascii.equals(label) || IDN.toUnicode(ascii, IDN.ALLOW_UNASSIGNED).equals(label)) {
      return ascii;
    }
    throw refused(
        domain,
        "the JDK takes '" + Quoted.of(label) + "' for '" + ascii + "', which is another name",
        null);
  }

  private static ConnectionException refused(String domain, String why, @Nullable Exception cause) {
    return new ConnectionException(
        Reason.NAME_NOT_FOUND,
        "'"
            + Quoted.of(domain)
            + "' cannot be a name in DNS: "
            + why
            + ". If the domain is right, write it as xn--... (docs/errors.md#no-dns-name)",
        cause);
  }
}
