package dev.bobbin.testservers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A client that says literal text, and hands out what it hears as the JDK's reader read it: a peer
 * for the client under test, on whichever server, that shares no line of code with it on the wire.
 *
 * <p>A thread of its own hears, so that a test can have both sides talk. What was heard waits until
 * it is asked for; beyond {@value #MOST_WAITING} stanzas the connection is ended, and the test with
 * it.
 *
 * <p>Thread-safe.
 *
 * <p>What this does not do: answer anything by itself, or check what it says.
 */
public final class LiteralPeer implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 10_000;
  private static final int MOST_WAITING = 1_000;
  private static final String SASL = "urn:ietf:params:xml:ns:xmpp-sasl";
  private static final String CLIENT = "jabber:client";

  private final Jid jid;
  private final LiteralStream stream;
  private final Object lock = new Object();
  private final Deque<XmlElement> heard = new ArrayDeque<>();
  private String end = "";

  private LiteralPeer(Jid jid, LiteralStream stream) {
    this.jid = jid;
    this.stream = stream;
  }

  /**
   * Logs in to a real server with an account that it was started with; otherwise as the other
   * method does.
   *
   * @param server the server
   * @param jid an account of its first domain, and the resource
   * @return a peer that is available, and has heard nothing yet
   */
  public static LiteralPeer login(RealServer server, Jid jid) {
    String password = server.accounts().get(jid.local().orElse(""));
    if (password == null) {
      throw new IllegalArgumentException(server + " has no account for " + jid);
    }
    try {
      return login(server.address(), ServerCertificate.read(server.certificate()), jid, password);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the certificate of " + server, e);
    }
  }

  /**
   * Logs in by STARTTLS and SASL PLAIN, binds the JID's resource, and sends presence. Blocks for
   * ten seconds at most whenever it listens.
   *
   * @param server where the server listens
   * @param trusted the certificate of the server or of its authority
   * @param jid the account and the resource, which the server has to give
   * @param password the account's password
   * @return a peer that is available, and has heard nothing yet
   * @throws IllegalArgumentException when the JID is no full one
   * @throws UncheckedIOException when the connection breaks
   * @throws AssertionError when the server says something else
   */
  public static LiteralPeer login(
      InetSocketAddress server, X509Certificate trusted, Jid jid, String password) {
    String account = jid.local().orElseThrow(() -> new IllegalArgumentException(jid + " is none"));
    String resource =
        jid.resource().orElseThrow(() -> new IllegalArgumentException(jid + " has no resource"));
    try {
      LiteralStream stream = LiteralStream.secured(server, jid.domain(), trusted);
      try {
        String secret = "\0" + account + "\0" + password;
        stream.say(
            "<auth xmlns='%s' mechanism='PLAIN'>%s</auth>"
                .formatted(SASL, Base64.getEncoder().encodeToString(secret.getBytes(UTF_8))));
        stream.expect("success", SASL);
        stream.open();
        stream.say(
            "<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>"
                + ("<resource>" + resource + "</resource></bind></iq>"));
        stream.expect("iq", CLIENT, jid.toString());
        LiteralPeer peer = new LiteralPeer(jid, stream);
        peer.comeOnline();
        return peer;
      } catch (IOException | RuntimeException | Error e) {
        stream.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot log " + jid + " in to " + server, e);
    }
  }

  /** Servers tell a client of its own presence, or do not; the ping's answer is behind that. */
  private void comeOnline() throws IOException {
    stream.patient();
    Thread listening = new Thread(this::listen, "literal peer " + jid);
    listening.setDaemon(true);
    listening.start();
    say("<presence/>");
    say(
        "<iq type='get' id='online' to='%s'><ping xmlns='urn:xmpp:ping'/></iq>"
            .formatted(jid.domain()));
    hear(stanza -> stanza.attribute("id").equals(Optional.of("online")));
    forget();
  }

  private void listen() {
    String why = "the server has closed its stream";
    try {
      Optional<XmlElement> next = stream.read();
      while (next.isPresent()) {
        synchronized (lock) {
          if (heard.size() == MOST_WAITING) {
            throw new IOException("nobody asked for what was heard");
          }
          heard.add(next.get());
          lock.notifyAll();
        }
        next = stream.read();
      }
    } catch (IOException | RuntimeException e) {
      why = e.toString();
    }
    synchronized (lock) {
      end = why;
      lock.notifyAll();
    }
    stream.close();
  }

  /**
   * Who it is.
   *
   * @return the full JID
   */
  public Jid jid() {
    return jid;
  }

  /**
   * Sends text as it is.
   *
   * @param xml stanzas; {@code jabber:client} need not be named
   * @throws UncheckedIOException when the connection breaks
   */
  public void say(String xml) {
    try {
      stream.say(xml);
    } catch (IOException e) {
      throw new UncheckedIOException(jid + " cannot say " + xml, e);
    }
  }

  /**
   * Waits for the next stanza, ten seconds at most.
   *
   * @return the earliest that was not handed out yet
   * @throws AssertionError when there is none
   */
  public XmlElement hear() {
    return hear(stanza -> true);
  }

  /**
   * Waits for a stanza, ten seconds at most. Others wait on, in their order.
   *
   * @param wanted what it is like
   * @return the earliest such that was not handed out yet
   * @throws AssertionError when there is none; the message shows what was heard instead
   */
  public XmlElement hear(Predicate<XmlElement> wanted) {
    long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    try {
      synchronized (lock) {
        while (true) {
          for (Iterator<XmlElement> each = heard.iterator(); each.hasNext(); ) {
            XmlElement stanza = each.next();
            if (wanted.test(stanza)) {
              each.remove();
              return stanza;
            }
          }
          long left = (deadline - System.nanoTime()) / 1_000_000;
          if (left <= 0 || !end.isEmpty()) {
            throw new AssertionError(jid + " heard nothing such, but " + heard + ' ' + end);
          }
          lock.wait(left);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while " + jid + " listened", e);
    }
  }

  /** Drops what was heard and not handed out yet. */
  public void forget() {
    synchronized (lock) {
      heard.clear();
    }
  }

  /** Ends the connection without a word. Idempotent. */
  @Override
  public void close() {
    stream.close();
  }
}
