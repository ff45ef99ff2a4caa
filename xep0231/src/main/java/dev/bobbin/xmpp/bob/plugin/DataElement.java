package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.xmpp.api.Quoted;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobException;
import dev.bobbin.xmpp.bob.BobException.Reason;
import dev.bobbin.xmpp.bob.BobOffer;
import dev.bobbin.xmpp.bob.ContentId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The element {@code <data/>} (<a href="https://xmpp.org/extensions/xep-0231.html#data">XEP-0231
 * section 2.5</a>), written strictly and read with the white space that the XEP's own examples
 * have.
 */
final class DataElement {
  static final String NAME = "data";

  private static final Logger LOG = LoggerFactory.getLogger(DataElement.class);
  private static final String MAX_AGE = "max-age";
  private static final String FORWARD = "urn:xmpp:forward:0";

  /** How many elements deep inside an IQ's payload data is looked for. */
  private static final int MAX_DEPTH = 8;

  /** Longer lives than this are cut: 68 years, the most that 32 bits of seconds hold. */
  private static final long MOST_SECONDS = Integer.MAX_VALUE;

  private DataElement() {}

  /** Asks for a content-id. */
  static XmlElement request(ContentId cid) {
    return XmlElement.builder(NAME, Bob.NAMESPACE).attribute("cid", cid.value()).build();
  }

  /**
   * The data that a stanza carries for its receiver: in a message or presence its children; in an
   * IQ what is inside the payload, as in a form, but not a payload that itself is data. Nothing in
   * an error, which may be an echo, nor in a forwarded stanza, whose data would be credited to who
   * forwards it.
   */
  static List<XmlElement> carriedBy(Stanza stanza) {
    List<XmlElement> found = new ArrayList<>();
    if (stanza.error().isEmpty()) {
      boolean inside = stanza instanceof Iq;
      for (XmlElement child : stanza.children()) {
        if (inside && !child.is(NAME, Bob.NAMESPACE)) {
          collect(child, MAX_DEPTH, found);
        } else if (!inside && child.is(NAME, Bob.NAMESPACE)) {
          found.add(child);
        }
      }
    }
    return found;
  }

  private static void collect(XmlElement parent, int depth, List<XmlElement> found) {
    if (parent.is("forwarded", FORWARD)) {
      return;
    }
    for (XmlElement child : parent.children()) {
      if (child.is(NAME, Bob.NAMESPACE)) {
        found.add(child);
      } else if (depth > 1) {
        collect(child, depth - 1, found);
      }
    }
  }

  static ContentId cid(XmlElement data) {
    try {
      return ContentId.of(data.attribute("cid").orElse(""));
    } catch (IllegalArgumentException e) {
      throw new BobException(Reason.MALFORMED_CONTENT_ID, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Reads what a sender says of its data, and checks that without decoding it.
   *
   * @throws BobException when it is not to be taken
   */
  static OfferedData offered(XmlElement data, int maxBytes, boolean asked) {
    ContentId cid = cid(data);
    String base64 = withoutWhiteSpace(data.text());
    int size = size(base64, cid, maxBytes);
    if (!data.children().isEmpty()) {
      throw notBase64(cid);
    }
    try {
      BobOffer offer = new BobOffer(cid, data.attribute("type").orElse(""), size, asked);
      return new OfferedData(offer, maxAge(data, cid), base64);
    } catch (IllegalArgumentException e) {
      throw new BobException(
          Reason.NO_MEDIA_TYPE,
          "The data sent as '" + shown(cid) + "' has no media type: " + e.getMessage());
    }
  }

  /**
   * Decodes received data and checks what can only be checked now, the hash included. What is
   * Base64 has the size that was offered.
   *
   * @throws BobException when it is not to be taken
   */
  static Bob decode(OfferedData offered) {
    ContentId cid = offered.offer().cid();
    BobData bytes = decode(offered.base64(), cid);
    if (cid.isVerifiable() && !cid.matches(bytes)) {
      throw new BobException(
          Reason.HASH_MISMATCH, "The data sent as '" + shown(cid) + "' does not have that hash");
    }
    return new Bob(cid, offered.offer().type(), bytes, offered.maxAge());
  }

  /** How many bytes a text stands for if it is Base64: three for each four characters. */
  private static int size(String base64, ContentId cid, int maxBytes) {
    if (base64.isEmpty()) {
      throw new BobException(
          Reason.NO_DATA, "What was sent as '" + shown(cid) + "' has no bytes at all");
    }
    long pads = base64.chars().filter(c -> c == '=').limit(2).count();
    long size = base64.length() / 4 * 3L - pads;
    if (size > maxBytes) {
      throw new BobException(
          Reason.TOO_LARGE,
          "The data sent as '" + shown(cid) + "' has more than the allowed " + maxBytes + " bytes");
    }
    return (int) Math.max(size, 0);
  }

  private static String withoutWhiteSpace(String text) {
    StringBuilder rest = new StringBuilder();
    text.chars().filter(c -> !isWhiteSpace(c)).forEach(c -> rest.append((char) c));
    return rest.toString();
  }

  private static BobData decode(String base64, ContentId cid) {
    try {
      return BobData.fromBase64(base64);
    } catch (IllegalArgumentException e) {
      throw notBase64(cid);
    }
  }

  private static BobException notBase64(ContentId cid) {
    return new BobException(
        Reason.NOT_BASE64, "The data sent as '" + shown(cid) + "' is not Base64");
  }

  private static boolean isWhiteSpace(int c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  private static @Nullable Duration maxAge(XmlElement data, ContentId cid) {
    String text = data.attribute(MAX_AGE).orElse("");
    if (text.isEmpty()) {
      return null;
    }
    long seconds = 0;
    for (int i = 0; i < text.length(); i++) {
      char digit = text.charAt(i);
      if (digit < '0' || digit > '9') {
        LOG.debug("The max-age of '{}' is no non-negative integer and is ignored", shown(cid));
        return null;
      }
      seconds = Math.min(seconds * 10 + digit - '0', MOST_SECONDS);
    }
    return Duration.ofSeconds(seconds);
  }

  /** A peer's content-id, fit for messages. */
  static String shown(ContentId cid) {
    return Quoted.of(cid.value());
  }
}
