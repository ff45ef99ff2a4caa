package dev.bobbin.xmpp.core.internal.dial;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Gives the addresses of a host. The JDK's way, in tests another. */
@FunctionalInterface
interface Names {
  /** Blocks for as long as the system's resolver likes to. */
  InetAddress[] addresses(String host) throws UnknownHostException;
}
