package dev.bobbin.xmpp.core.internal.dial;

import java.util.List;
import javax.naming.NamingException;

/** Gives the SRV records of a name. The JDK's way, in tests another. */
@FunctionalInterface
interface SrvRecords {
  /**
   * One record (<a href="https://www.rfc-editor.org/rfc/rfc2782">RFC 2782</a>).
   *
   * @param target a host name without the dot at its end; empty for no service
   */
  record Srv(int priority, int weight, int port, String target) {}

  /** Blocks for as long as name servers keep silent. Empty when there is no such name. */
  List<Srv> of(String name) throws NamingException;
}
