package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobException;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Something that happened to data of others; see {@link BobPlugin#onEvent}. */
public sealed interface BobEvent {
  /**
   * Data came, was checked and found good, and is kept by now where it is kept at all: not with a
   * {@code max-age} of zero, nor where the application does not want it kept. A store that takes
   * more than 10 seconds is not waited for.
   *
   * @param bob the data
   * @param from the exact JID that sent it
   * @param to which JID of ours it was sent to: the stanza's {@code to}, or the client's own where
   *     it had none
   * @param asked whether it answers a request of ours; false for what was pushed
   */
  record Received(Bob bob, Jid from, Jid to, boolean asked) implements BobEvent {
    /**
     * Checks that nothing is null.
     *
     * @param bob the data
     * @param from the exact JID that sent it
     * @param to which JID of ours it was sent to: the stanza's {@code to}, or the client's own
     *     where it had none
     * @param asked whether it answers a request of ours; false for what was pushed
     */
    public Received {
      Objects.requireNonNull(bob, "bob");
      Objects.requireNonNull(from, "from");
      Objects.requireNonNull(to, "to");
    }
  }

  /**
   * Data came and was not taken. Nothing of it is kept.
   *
   * @param from the exact JID that sent it
   * @param to which JID of ours it was sent to: the stanza's {@code to}, or the client's own where
   *     it had none
   * @param cid its content-id; null when it had none that can be read
   * @param reason why it was not taken
   */
  record Rejected(Jid from, Jid to, @Nullable ContentId cid, BobException.Reason reason)
      implements BobEvent {
    /**
     * Checks the parts.
     *
     * @param from the exact JID that sent it
     * @param to which JID of ours it was sent to: the stanza's {@code to}, or the client's own
     *     where it had none
     * @param cid its content-id; null when it had none that can be read
     * @param reason why it was not taken
     */
    public Rejected {
      Objects.requireNonNull(from, "from");
      Objects.requireNonNull(to, "to");
      Objects.requireNonNull(reason, "reason");
    }
  }

  /**
   * The life of a received item in the session cache was over, as its sender had set by {@code
   * max-age}. Told when somebody looks for it, and otherwise within some ten seconds; where many
   * expire at once, the others follow at 64 a second.
   *
   * @param key under which it was kept
   */
  record Expired(BobKey key) implements BobEvent {
    /**
     * Checks that nothing is null.
     *
     * @param key under which it was kept
     */
    public Expired {
      Objects.requireNonNull(key, "key");
    }
  }
}
