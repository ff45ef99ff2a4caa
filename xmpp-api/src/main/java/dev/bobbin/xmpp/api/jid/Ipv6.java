package dev.bobbin.xmpp.api.jid;

/** The grammar of an IPv6 address (RFC 3986 section 3.2.2), without a zone. */
final class Ipv6 {
  private static final int GROUPS = 8;

  private Ipv6() {}

  static boolean isAddress(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text, true) == GROUPS;
    }
    if (text.indexOf("::", gap + 1) >= 0) {
      return false;
    }
    int before = gap == 0 ? 0 : groups(text.substring(0, gap), false);
    int after = gap + 2 == text.length() ? 0 : groups(text.substring(gap + 2), true);
    return before >= 0 && after >= 0 && before + after < GROUPS;
  }

  /** How many groups of 16 bits the text holds; -1 when one of them is malformed. */
  private static int groups(String text, boolean mayEndInIpv4) {
    String[] groups = text.split(":", -1);
    int count = groups.length;
    for (int i = 0; i < groups.length; i++) {
      boolean last = i == groups.length - 1;
      if (last && mayEndInIpv4 && isIpv4(groups[i])) {
        count++;
      } else if (groups[i].isEmpty() || groups[i].length() > 4 || !isHex(groups[i])) {
        return -1;
      }
    }
    return count;
  }

  private static boolean isIpv4(String text) {
    String[] octets = text.split("\\.", -1);
    for (String octet : octets) {
      boolean digits = octet.chars().allMatch(c -> c >= '0' && c <= '9');
      boolean shaped = digits && !octet.isEmpty() && octet.length() <= 3;
      if (!shaped || octet.length() > 1 && octet.startsWith("0") || Integer.parseInt(octet) > 255) {
        return false;
      }
    }
    return octets.length == 4;
  }

  private static boolean isHex(String text) {
    return text.chars().allMatch(c -> c < 0x80 && Character.digit(c, 16) >= 0);
  }
}
