package dev.bobbin.xmpp.api.jid;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;

/**
 * Prepares the three parts of an address (RFC 7622 section 3): an ASCII fast path, and beside it
 * PRECIS as far as the JDK's Unicode tables carry it.
 */
final class JidParts {
  static final int MAX_BYTES = 1023;

  /** What is longer in all is refused unread: normalising long text can take quadratic time. */
  static final int MAX_CHARS = 3 * MAX_BYTES + 2;

  private static final String LOCAL_FORBIDDEN = "\"&'/:<>@";
  private static final int MAX_LABEL = 63;

  private JidParts() {}

  /** RFC 7622 section 3.3: UsernameCaseMapped of RFC 8265, without eight ASCII characters. */
  static String local(String whole, String part) {
    checkRawLength(whole, "local", part);
    String prepared = isAscii(part) ? asciiLower(part) : usernameCaseMapped(whole, part);
    checkLength(whole, "local", prepared);
    for (int i = 0; i < prepared.length(); i++) {
      char c = prepared.charAt(i);
      if (c <= ' ' || c == 0x7F || LOCAL_FORBIDDEN.indexOf(c) >= 0) {
        throw forbidden(whole, "local", c);
      }
    }
    return prepared;
  }

  /** RFC 7622 section 3.4: OpaqueString of RFC 8265. */
  static String resource(String whole, String part) {
    checkRawLength(whole, "resource", part);
    String prepared = part;
    if (!isAscii(part)) {
      StringBuilder mapped = new StringBuilder(part.length());
      part.codePoints()
          .forEach(
              c ->
                  mapped.appendCodePoint(
                      Character.getType(c) == Character.SPACE_SEPARATOR ? ' ' : c));
      prepared = Normalizer.normalize(mapped, Normalizer.Form.NFC);
    }
    checkLength(whole, "resource", prepared);
    prepared
        .codePoints()
        .filter(c -> !UnicodeClasses.isFreeform(c))
        .findFirst()
        .ifPresent(
            c -> {
              throw forbidden(whole, "resource", c);
            });
    return prepared;
  }

  /** RFC 7622 section 3.2: a host name, an IPv4 address or a bracketed IPv6 address. */
  static String domain(String whole, String part) {
    checkRawLength(whole, "domain", part);
    String prepared = part.endsWith(".") ? part.substring(0, part.length() - 1) : part;
    if (prepared.startsWith("[")) {
      checkLength(whole, "domain", prepared);
      return ipLiteral(whole, prepared);
    }
    prepared = hostMapped(prepared);
    checkLength(whole, "domain", prepared);
    if (prepared.contains("xn--")) {
      prepared = decoded(whole, prepared);
    }
    for (String label : prepared.split("\\.", -1)) {
      checkLabel(whole, label);
    }
    return prepared;
  }

  private static String hostMapped(String part) {
    if (isAscii(part)) {
      return asciiLower(part);
    }
    // Twice: lower case can put a dot above (of U+0130) behind a mark that must come after it.
    String lower =
        Normalizer.normalize(part, Normalizer.Form.NFKC)
            .toLowerCase(Locale.ROOT)
            .replace('\u3002', '.');
    return Normalizer.normalize(lower, Normalizer.Form.NFKC);
  }

  /** The JDK decodes by IDNA2003, which lets through what the mapping of today would change. */
  private static String decoded(String whole, String part) {
    String decoded = IDN.toUnicode(part, IDN.ALLOW_UNASSIGNED);
    if (!hostMapped(decoded).equals(decoded)) {
      throw new MalformedJidException(
          whole, "a label of the domain part is no host name once decoded");
    }
    checkLength(whole, "domain", decoded);
    return decoded;
  }

  private static String ipLiteral(String whole, String part) {
    if (!part.endsWith("]") || !Ipv6.isAddress(part.substring(1, part.length() - 1))) {
      throw new MalformedJidException(whole, "the domain part is no IPv6 address in brackets");
    }
    return asciiLower(part);
  }

  private static void checkLabel(String whole, String label) {
    if (label.isEmpty()) {
      throw new MalformedJidException(whole, "the domain part has an empty label");
    }
    if (label.length() > MAX_LABEL) {
      throw new MalformedJidException(whole, "a label of the domain part is longer than 63");
    }
    if (label.startsWith("-") || label.endsWith("-")) {
      throw new MalformedJidException(
          whole, "a label of the domain part begins or ends with a hyphen");
    }
    label
        .codePoints()
        .filter(c -> !UnicodeClasses.isHostCharacter(c))
        .findFirst()
        .ifPresent(
            c -> {
              throw forbidden(whole, "domain", c);
            });
    if (UnicodeClasses.isMark(label.codePointAt(0))) {
      throw new MalformedJidException(whole, "a label of the domain part begins with a mark");
    }
    checkDirection(whole, "domain", label);
  }

  /** What the fast path leaves out for ASCII. */
  static String usernameCaseMapped(String whole, String part) {
    StringBuilder narrow = new StringBuilder(part.length());
    part.codePoints().forEach(c -> narrow.append(UnicodeClasses.narrow(c)));
    String prepared =
        Normalizer.normalize(narrow.toString().toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    prepared
        .codePoints()
        .filter(c -> !UnicodeClasses.isIdentifier(c))
        .findFirst()
        .ifPresent(
            c -> {
              throw forbidden(whole, "local", c);
            });
    checkDirection(whole, "local", prepared);
    return prepared;
  }

  private static void checkDirection(String whole, String part, String prepared) {
    if (!UnicodeClasses.obeysBidiRule(prepared)) {
      throw new MalformedJidException(
          whole, "the " + part + " part mixes writing directions (RFC 5893 section 2)");
    }
  }

  private static void checkRawLength(String whole, String part, String raw) {
    if (raw.length() > MAX_CHARS) {
      throw tooLong(whole, part);
    }
  }

  private static void checkLength(String whole, String part, String prepared) {
    if (prepared.isEmpty()) {
      throw new MalformedJidException(whole, "the " + part + " part is empty");
    }
    if (prepared.length() > MAX_BYTES
        || prepared.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw tooLong(whole, part);
    }
  }

  private static MalformedJidException tooLong(String whole, String part) {
    return new MalformedJidException(whole, "the " + part + " part is longer than 1023 bytes");
  }

  private static MalformedJidException forbidden(String whole, String part, int codePoint) {
    return new MalformedJidException(
        whole, String.format("U+%04X is not allowed in the %s part", codePoint, part));
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  private static String asciiLower(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 'A' && text.charAt(i) <= 'Z') {
        return text.toLowerCase(Locale.ROOT);
      }
    }
    return text;
  }
}
