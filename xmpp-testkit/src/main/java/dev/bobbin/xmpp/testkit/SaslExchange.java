package dev.bobbin.xmpp.testkit;

import dev.bobbin.xmpp.api.jid.Jid;
import java.io.IOException;

/** The server's side of one authentication with one mechanism. For use by one thread. */
interface SaslExchange {
  /**
   * Talks with the client until it has proven who it is.
   *
   * @throws SaslFailure when it has not
   */
  Outcome prove(Dialogue dialogue) throws IOException, SaslFailure;

  /** What a mechanism says to the client, and hears from it. */
  interface Dialogue {
    /** The initial response; a client that has sent none is asked for it. */
    String first() throws IOException, SaslFailure;

    /** Sends a challenge and waits for the response. */
    String ask(String challenge) throws IOException, SaslFailure;
  }

  /**
   * A success.
   *
   * @param account the bare JID of who has proven to be it
   * @param data what goes with the success, empty for nothing
   * @param channelBinding the type of channel binding that was used, empty for none
   */
  record Outcome(Jid account, String data, String channelBinding) {
    /** A success with nothing more to say. */
    Outcome(Jid account) {
      this(account, "", "");
    }
  }
}
