package dev.bobbin.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.stanza.Message;
import dev.bobbin.xmpp.api.stanza.Presence;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.testkit.LiteralXml;
import dev.bobbin.xmpp.testkit.LoopbackServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StickerBotTest {
  private static final Jid BOT = Jid.of("juliet@example.org/bot");
  private static final Jid ROMEO = Jid.of("romeo@example.org/orchard");

  private final Queue<XmlElement> requests = new ConcurrentLinkedQueue<>();
  private final Queue<String> presences = new ConcurrentLinkedQueue<>();

  /** New for each test, as is {@code said}: what comes late goes where nobody listens any more. */
  private BlockingQueue<Message> replies;

  private BlockingQueue<String> said;
  private final List<String> lines = new ArrayList<>();
  private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);
  private LoopbackServer server;
  private XmppClient bot;
  private XmppClient romeo;

  @BeforeAll
  void startServer() {
    server =
        LoopbackServer.builder("example.org")
            .account("juliet", "r0m30")
            .account("romeo", "jul13t")
            .intercept(
                (from, stanza) -> {
                  if (stanza.name().equals("iq")
                      && stanza.child("data", BobPlugin.NAMESPACE).isPresent()
                      && stanza.attribute("type").orElse("").equals("get")) {
                    requests.add(stanza);
                  }
                  if (stanza.name().equals("presence")) {
                    presences.add(LiteralXml.text(stanza));
                  }
                  return List.of(stanza);
                })
            .start();
  }

  @AfterAll
  void stopServer() {
    server.close();
  }

  @BeforeEach
  void build() {
    bot = client(BOT, "r0m30");
    romeo = client(ROMEO, "jul13t");
    replies = new LinkedBlockingQueue<>();
    said = new LinkedBlockingQueue<>();
    romeo.onMessage(replies::add);
  }

  /** The bot goes on for a moment after its client is closed. */
  @AfterEach
  void close() throws Exception {
    bot.close();
    romeo.close();
    running.get(20, TimeUnit.SECONDS);
    requests.clear();
    presences.clear();
    lines.clear();
  }

  private XmppClient client(Jid jid, String password) {
    return XmppClient.builder(jid, password)
        .host("127.0.0.1", server.address().getPort())
        .trust(server.certificate())
        .setting("xep_0231", "store", "memory")
        .build();
  }

  /** Runs the bot, and waits for the line by which it says that it answers. */
  private void start(Path directory) throws InterruptedException {
    running =
        CompletableFuture.runAsync(
                () -> {
                  try {
                    StickerBot.run(bot, directory, said::add);
                  } catch (IOException e) {
                    throw new AssertionError(e);
                  }
                })
            .whenComplete((done, failure) -> said.add("ended: " + failure));
    String line = "";
    while (!line.startsWith("juliet@example.org/bot: I know ")) {
      line = said.poll(20, TimeUnit.SECONDS);
      assertThat(line).as("what the bot says").isNotNull().doesNotStartWith("ended");
      lines.add(line);
    }
    romeo.connect().join();
    romeo.send(Presence.available()).join();
  }

  private Message ask(String text) throws InterruptedException {
    romeo.send(Message.chat(BOT, text)).join();
    Message reply = replies.poll(20, TimeUnit.SECONDS);
    assertThat(reply).as("the reply to %s", text).isNotNull();
    return reply;
  }

  private byte[] fetched(Message reply) {
    String xhtml = "http://www.w3.org/1999/xhtml";
    XmlElement image =
        reply
            .element()
            .child("html", "http://jabber.org/protocol/xhtml-im")
            .flatMap(html -> html.child("body", xhtml))
            .flatMap(body -> body.child("p", xhtml))
            .flatMap(p -> p.child("img", xhtml))
            .orElseThrow();
    ContentId cid = ContentId.ofUri(image.attribute("src").orElseThrow());
    return romeo
        .plugin(BobPlugin.class)
        .fetch(reply.from().orElseThrow(), cid)
        .join()
        .data()
        .toByteArray();
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) size);
    return bytes;
  }

  @Test
  void run_smallSticker_isReferredToAndPushed(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("rose.png"), "coucou");
    start(directory);

    Message reply = ask(" :rose: ");

    assertThat(LiteralXml.text(reply.element()))
        .isEqualTo(
            LiteralXml.text(
                "<message xmlns='jabber:client' type='chat' to='romeo@example.org/orchard'"
                    + " from='juliet@example.org/bot'><body>rose</body>"
                    + "<html xmlns='http://jabber.org/protocol/xhtml-im'>"
                    + "<body xmlns='http://www.w3.org/1999/xhtml'><p><img alt='rose'"
                    + " src='cid:sha1+5ed25af7b1ed23fb00122e13d7f74c4d8262acd8@bob.xmpp.org'/></p>"
                    + "</body></html><data xmlns='urn:xmpp:bob' type='image/png'"
                    + " cid='sha1+5ed25af7b1ed23fb00122e13d7f74c4d8262acd8@bob.xmpp.org'>"
                    + "Y291Y291</data></message>"));
    assertThat(fetched(reply)).asString().isEqualTo("coucou");
    assertThat(requests).as("it was pushed").isEmpty();
  }

  @Test
  void run_largeSticker_isReferredToAndFetched(@TempDir Path directory) throws Exception {
    Files.write(directory.resolve("garden.JPG"), bytes(8192));
    start(directory);

    Message reply = ask(":garden:");

    assertThat(reply.element().child("data", BobPlugin.NAMESPACE)).isEmpty();
    assertThat(fetched(reply)).isEqualTo(bytes(8192));
    assertThat(requests).hasSize(1);
  }

  /** So peers know that it speaks Bits of Binary, and need not ask. */
  @Test
  void run_presence_announcesWhatItCanDo(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("rose.PNG"), "a");

    start(directory);

    assertThat(presences)
        .anySatisfy(
            presence ->
                assertThat(presence)
                    .contains("from='juliet@example.org/bot'")
                    .contains("<c xmlns='http://jabber.org/protocol/caps'"));
    assertThat(fetched(ask(":rose:"))).asString().isEqualTo("a");
  }

  @Test
  void run_unknownName_isAnsweredWithTheNames(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("rose.png"), "a");
    Files.writeString(directory.resolve("garden.jpeg"), "b");
    start(directory);

    assertThat(ask(":thorn:").body()).contains("I know :garden: :rose:");
    assertThat(ask("Help").body()).contains("I know :garden: :rose:");
  }

  @Test
  void run_whatAnotherBotOrAnErrorOrAnybodyElseSays_isNotAnswered(@TempDir Path directory)
      throws Exception {
    Files.writeString(directory.resolve("rose.png"), "a");
    start(directory);
    for (String automatic : List.of("I know :heart:", "I know : :heart:", "I am away.", "rose")) {
      romeo.send(Message.chat(BOT, automatic)).join();
    }
    romeo
        .send(
            LiteralXml.message(
                "<message xmlns='jabber:client' type='error' to='juliet@example.org/bot'>"
                    + "<body>:rose:</body></message>"))
        .join();

    assertThat(ask(":rose:").body()).as("the first reply").contains("rose");
    assertThat(replies).isEmpty();
  }

  @Test
  void run_filesThatAreNoStickers_areSkippedWithALine(@TempDir Path directory) throws Exception {
    Files.write(directory.resolve("large.png"), bytes(8193));
    Files.write(directory.resolve("empty.gif"), new byte[0]);
    Files.writeString(directory.resolve("notes.txt"), "x");
    Files.writeString(directory.resolve("rose.gif"), "first");
    Files.writeString(directory.resolve("rose.png"), "second");
    start(directory);

    assertThat(lines)
        .containsExactly(
            "Skipped " + directory.resolve("empty.gif") + ": it has not 1 to 8192 bytes",
            "Skipped " + directory.resolve("large.png") + ": it has not 1 to 8192 bytes",
            "Skipped "
                + directory.resolve("notes.txt")
                + ": its name is not up to 40 letters and one of .png, .gif, .webp, .jpg, .jpeg",
            "Skipped " + directory.resolve("rose.png") + ": its name is taken",
            "juliet@example.org/bot: I know :rose:");
    assertThat(ask(":?:").body()).contains("I know :rose:");
    assertThat(fetched(ask(":rose:"))).asString().isEqualTo("first");
  }

  @Test
  void run_noStickerAtAll_saysSoBeforeItConnects(@TempDir Path directory) throws Exception {
    Files.write(directory.resolve("large.png"), bytes(8193));

    assertThatThrownBy(() -> StickerBot.run(bot, directory, said::add))
        .isInstanceOf(IOException.class)
        .hasMessage("There is no sticker in " + directory);
    assertThat(said)
        .containsExactly(
            "Skipped " + directory.resolve("large.png") + ": it has not 1 to 8192 bytes");
  }

  @Test
  void main_whatCannotWork_isOneLineAndACode(@TempDir Path directory) throws Exception {
    Path none = directory.resolve("none");
    Queue<String> errors = new ConcurrentLinkedQueue<>();
    assertThat(StickerBot.run(List.of("a@b"), "x", said::add, errors::add)).isEqualTo(2);
    assertThat(StickerBot.run(List.of("a@b d"), null, said::add, errors::add)).isEqualTo(2);
    errors.clear();

    assertThat(StickerBot.run(List.of("juliet@example.org " + none), "x", said::add, errors::add))
        .isEqualTo(1);
    Files.writeString(directory.resolve("rose.png"), "a");
    Path trusted = directory.resolve("server.pem");
    server.writeCertificate(trusted);
    String address = "127.0.0.1:" + server.address().getPort();
    List<String> told =
        List.of("juliet@example.org", directory.toString(), address, trusted.toString());
    assertThat(StickerBot.run(told, "wrong", said::add, errors::add)).isEqualTo(1);

    assertThat(errors)
        .satisfiesExactly(
            first -> assertThat(first).isEqualTo("There is no directory " + none + "; make it"),
            second -> assertThat(second).contains("docs/errors.md#login-refused"));
  }

  @Test
  void run_connectionEnds_ends(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("rose.png"), "a");
    start(directory);
    assertThat(running).isNotDone();

    bot.close();

    running.get(20, TimeUnit.SECONDS);
  }
}
