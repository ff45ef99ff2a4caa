package dev.bobbin.xmpp.bob;

import dev.bobbin.xmpp.api.jid.Jid;
import java.util.Objects;

/**
 * Where a bit of binary stands, so that what must not mix is kept apart: what we host, what we
 * received and verified, and what we received and cannot verify.
 */
public sealed interface Shelf {
  /** The shelf of what the application hosts and peers may fetch. */
  Shelf HOSTED = new Hosted();

  /** The shelf of what was received and whose hash was verified, from whomever it came. */
  Shelf VERIFIED = new Verified();

  /** What the application hosts. */
  record Hosted() implements Shelf {}

  /** What was received and whose hash was verified. */
  record Verified() implements Shelf {}

  /**
   * What was received from one sender and cannot be verified.
   *
   * @param sender the exact JID that sent it: occupants of a room share a bare JID
   */
  record From(Jid sender) implements Shelf {
    /**
     * Checks that nothing is null.
     *
     * @param sender the exact JID that sent it: occupants of a room share a bare JID
     */
    public From {
      Objects.requireNonNull(sender, "sender");
    }
  }
}
