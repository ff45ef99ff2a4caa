package dev.bobbin.examples;

import dev.bobbin.xmpp.api.XmppException;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.stanza.Message;
import dev.bobbin.xmpp.api.stanza.Presence;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.core.XmppClientBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A bot that answers {@code :rose:} with the picture {@code rose.png} of its directory. */
final class StickerBot {
  private static final String XHTML = "http://www.w3.org/1999/xhtml";

  /** What is answered. All else is not: two machines that answer everything never end. */
  private static final Pattern WANTED = Pattern.compile(":\\S+:|help", Pattern.CASE_INSENSITIVE);

  private StickerBot() {}

  /** Takes a JID and a directory, and the password out of the environment; README says how. */
  public static void main(String[] args) {
    String password = System.getenv("BOT_PASSWORD");
    System.exit(run(List.of(args), password, System.out::println, System.err::println));
  }

  /** Gives the exit code. One argument with spaces in it is all of them, as Maven has it. */
  static int run(
      List<String> args,
      @Nullable String password,
      Consumer<String> out,
      Consumer<@Nullable String> err) {
    List<String> told = args.size() == 1 ? List.of(args.get(0).strip().split("\\s+")) : args;
    if (told.size() < 2 || told.size() > 4 || password == null) {
      err.accept(
          "Say 'JID DIRECTORY', and perhaps 'HOST:PORT' and 'CERTIFICATE.PEM'; and the password in"
              + " the variable BOT_PASSWORD");
      return 2;
    }
    try {
      XmppClientBuilder builder = XmppClient.builder(Jid.of(told.get(0)), password);
      if (told.size() > 2) {
        String server = told.get(2);
        int colon = server.lastIndexOf(':');
        if (colon < 0) {
          throw new IllegalArgumentException("'" + server + "' is no HOST:PORT");
        }
        builder.host(server.substring(0, colon), Integer.parseInt(server.substring(colon + 1)));
      }
      if (told.size() > 3) {
        builder.trust(Path.of(told.get(3)));
      }
      try (XmppClient client = builder.build()) {
        run(client, Path.of(told.get(1)), out);
      }
      return 0;
    } catch (IOException | XmppException | IllegalArgumentException e) {
      err.accept(e.getMessage());
    } catch (CompletionException e) {
      err.accept(e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
    }
    return 1;
  }

  /** Answers until the connection ends, and throws unless it was closed in good order. */
  static void run(XmppClient client, Path directory, Consumer<String> out) throws IOException {
    BobPlugin bob = client.plugin(BobPlugin.class);
    Map<String, Bob> stickers = Stickers.in(directory, out);
    stickers.values().forEach(sticker -> bob.set(sticker).join()); // also for yesterday's messages
    String help = "I know " + String.join(" ", stickers.keySet());
    client.onMessage(
        message -> {
          String said = message.body().orElse("").strip();
          if (message.type() == Message.Type.CHAT && WANTED.matcher(said).matches()) {
            Jid to = message.from().orElse(client.account());
            Bob sticker = stickers.get(said);
            CompletableFuture<Message> reply =
                sticker == null
                    ? CompletableFuture.completedFuture(Message.chat(to, help))
                    : bob.attach(picture(to, said.replace(":", ""), sticker), sticker);
            reply
                .thenCompose(client::send)
                .whenComplete(
                    (sent, e) -> out.accept(to + (e == null ? " is answered" : ": " + e)));
          }
        });
    client.connect().join();
    client.send(Presence.available()).join();
    out.accept(client.self() + ": " + help);
    client.disconnected().join();
  }

  /** The picture by reference (XEP-0071), and its name for clients that show no pictures. */
  private static Message picture(Jid to, String name, Bob sticker) {
    String src = sticker.cid().uri().toString();
    XmlElement.Builder img =
        XmlElement.builder("img", XHTML).attribute("src", src).attribute("alt", name);
    XmlElement.Builder p = XmlElement.builder("p", XHTML).add(img.build());
    XmlElement.Builder body = XmlElement.builder("body", XHTML).add(p.build());
    XmlElement.Builder html = XmlElement.builder("html", "http://jabber.org/protocol/xhtml-im");
    return Message.chat(to, name).withChild(html.add(body.build()).build());
  }
}
