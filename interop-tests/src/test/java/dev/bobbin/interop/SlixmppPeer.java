package dev.bobbin.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bobbin.testservers.RealServer;
import dev.bobbin.testservers.ServerRequirement;
import dev.bobbin.xmpp.api.jid.Jid;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A stranger: slixmpp, in a Python of its own, logged in as {@link #JID}.
 *
 * <p>It is told what to do by lines of JSON, and answers each within some seconds. It ends when its
 * input does, and so with this JVM.
 */
final class SlixmppPeer implements AutoCloseable {
  static final Jid JID = Jid.of("romeo@example.org/orchard");

  private static final String PROGRAM = "slixmpp_peer.py";
  private static final long ANSWER_SECONDS = 20;
  private static final long END_SECONDS = 5;

  private final Path folder;
  private final Process process;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

  private SlixmppPeer(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
    Thread reader = new Thread(this::read, "reads slixmpp");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts it and logs it in. */
  static SlixmppPeer start(RealServer server) {
    ServerRequirement.require("slixmpp");
    try {
      Path folder = Files.createTempDirectory("bobbin-slixmpp-");
      Path program = folder.resolve(PROGRAM);
      try (InputStream source = SlixmppPeer.class.getResourceAsStream(PROGRAM)) {
        Files.copy(Objects.requireNonNull(source), program);
      }
      Process process =
          new ProcessBuilder(List.of(ServerRequirement.PYTHON, program.toString()))
              .redirectError(folder.resolve("log").toFile())
              .start();
      SlixmppPeer peer = new SlixmppPeer(folder, process);
      try {
        peer.tell(
            Map.of(
                "do", "connect",
                "jid", JID.toString(),
                "password", server.accounts().get("romeo"),
                "port", Integer.toString(server.port()),
                "ca", server.certificate().toString()));
        return peer;
      } catch (RuntimeException | Error e) {
        peer.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      String line = lines.readLine();
      while (line != null) {
        answers.add(line);
        line = lines.readLine();
      }
    } catch (IOException e) {
      // It has ended, or is being ended.
    }
    answers.add(FlatJson.write(Map.of("failure", "it has ended")));
  }

  /** Has a command done. */
  synchronized Map<String, String> tell(Map<String, String> command) {
    try {
      process.getOutputStream().write((FlatJson.write(command) + "\n").getBytes(UTF_8));
      process.getOutputStream().flush();
      String line = answers.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
      Map<String, String> answer =
          line == null ? Map.of("failure", "silence") : FlatJson.read(line);
      if (answer.containsKey("failure")) {
        throw new AssertionError(
            command.get("do") + " failed: " + answer.get("failure") + "; its log:\n" + log());
      }
      return answer;
    } catch (IOException e) {
      throw new AssertionError("it does not listen any more; its log:\n" + log(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Hosts as an application does; the content-id is slixmpp's. */
  String set(String base64, String type) {
    return tell(Map.of("do", "set", "base64", base64, "type", type)).get("cid");
  }

  /** Hosts as an application does, with a max-age in seconds. */
  String set(String base64, String type, long maxAge) {
    return tell(Map.of(
            "do", "set", "base64", base64, "type", type, "max_age", Long.toString(maxAge)))
        .get("cid");
  }

  /** Hosts a text as it is, under any content-id. */
  void host(String cid, String base64, String type) {
    tell(Map.of("do", "host", "cid", cid, "base64", base64, "type", type));
  }

  /** How often others asked it for a content-id. */
  int timesAsked(String cid) {
    return Integer.parseInt(tell(Map.of("do", "times_asked", "cid", cid)).get("times"));
  }

  /** Fetches past its cache: {@code xml} and {@code hex}, or {@code condition} and {@code type}. */
  Map<String, String> fetch(Jid peer, String cid) {
    return tell(Map.of("do", "fetch", "peer", peer.toString(), "cid", cid));
  }

  /** Fetches what its own cache does not have; outcomes as of {@link #fetch}. */
  Map<String, String> fetchUnlessCached(Jid peer, String cid) {
    return tell(
        Map.of("do", "fetch", "peer", peer.toString(), "cid", cid, "cached", "as it likes"));
  }

  /** Answers requests for a content-id from now on by an IQ with children. */
  void answer(String cid, String type, String children) {
    tell(Map.of("do", "answer", "cid", cid, "type", type, "xml", children));
  }

  /** Sends a stanza as it is. */
  void send(String stanza) {
    tell(Map.of("do", "send_xml", "xml", stanza));
  }

  /** Waits for the next stanza with a text in it; those before it are forgotten. */
  String received(String part) {
    return tell(Map.of("do", "received", "part", part)).get("xml");
  }

  /** Sends a message with children. */
  void push(Jid to, String children) {
    tell(Map.of("do", "push", "to", to.toString(), "xml", children));
  }

  /** Waits for data to be pushed to it: {@code from}, {@code xml} and {@code hex}. */
  Map<String, String> pushed(String cid) {
    return tell(Map.of("do", "pushed", "cid", cid));
  }

  /** The features that it sees at a peer. */
  List<String> features(Jid peer) {
    return List.of(
        tell(Map.of("do", "features", "peer", peer.toString())).get("features").split(" "));
  }

  /** Has a node of its own; the keys are the arguments of the command. */
  void describe(Map<String, String> node) {
    Map<String, String> command = new HashMap<>(node);
    command.put("do", "describe");
    tell(command);
  }

  /**
   * Asks for a node's {@code info} or {@code items}: {@code xml} and what it makes of it, or {@code
   * condition} and {@code type}. An empty node is none.
   */
  Map<String, String> discover(String what, Jid peer, String node) {
    return tell(Map.of("do", "discover", "what", what, "peer", peer.toString(), "node", node));
  }

  /** Has it send presence with its capabilities; gives their hash. */
  String announce(Jid to) {
    return tell(Map.of("do", "announce", "to", to.toString())).get("ver");
  }

  /** Has it heed capabilities. */
  void watchCapabilities() {
    tell(Map.of("do", "watch_capabilities"));
  }

  /** What it has found out and checked of a peer's presence: {@code features} and {@code ver}. */
  Map<String, String> capabilities(Jid peer) {
    return tell(Map.of("do", "capabilities", "peer", peer.toString()));
  }

  /** Ends it in good order, or after some seconds without. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor(END_SECONDS, TimeUnit.SECONDS);
      }
      Files.deleteIfExists(folder.resolve(PROGRAM));
      Files.deleteIfExists(folder.resolve("log"));
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }
}
