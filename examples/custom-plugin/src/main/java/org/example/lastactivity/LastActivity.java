package org.example.lastactivity;

import dev.bobbin.xmpp.api.Quoted;
import dev.bobbin.xmpp.api.XmppException;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * How long ago somebody was last active. Of a resource that is the time for which it has been idle,
 * of an account the time since it logged out, of a server the time for which it has been up (<a
 * href="https://xmpp.org/extensions/xep-0012.html#impl">XEP-0012, Implementation Notes</a>).
 *
 * @param elapsed from nothing to {@link #MOST}; passed on in whole seconds
 * @param status of an account, what it said when it logged out; empty text when it said nothing
 */
public record LastActivity(Duration elapsed, String status) {
  /** The greatest time, some 317 years: ten digits, which any date can be reckoned back by. */
  public static final Duration MOST = Duration.ofSeconds(9_999_999_999L);

  /** The attribute is a peer's: {@code parseLong} alone would take a sign and Arabic digits. */
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,10}");

  /**
   * Checks the time.
   *
   * @throws IllegalArgumentException when it is negative or above {@link #MOST}
   */
  public LastActivity {
    Objects.requireNonNull(status, "status");
    if (elapsed.isNegative() || elapsed.compareTo(MOST) > 0) {
      throw new IllegalArgumentException("elapsed is " + elapsed + ", not from 0 to " + MOST);
    }
  }

  /**
   * A time without a status.
   *
   * @param elapsed from nothing to {@link #MOST}
   * @return the value
   */
  public static LastActivity of(Duration elapsed) {
    return new LastActivity(elapsed, "");
  }

  static LastActivity parse(XmlElement query) {
    String seconds = query.attribute("seconds").orElse("");
    if (!SECONDS.matcher(seconds).matches()) {
      throw new XmppException(
          "An answer about last activity has seconds='"
              + Quoted.of(seconds)
              + "'; it takes 1 to 10 digits");
    }
    return new LastActivity(Duration.ofSeconds(Long.parseLong(seconds)), query.text());
  }

  XmlElement toElement() {
    return XmlElement.builder("query", LastActivityPlugin.NAMESPACE)
        .attribute("seconds", Long.toString(elapsed.toSeconds()))
        .text(status)
        .build();
  }
}
