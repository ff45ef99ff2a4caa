package dev.bobbin.examples;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.stanza.Message;
import dev.bobbin.xmpp.api.stanza.Presence;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.core.XmppClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A bot that answers {@code :rose:} with the picture {@code rose.png} of its directory. */
final class StickerBot {
  private static final String XHTML = "http://www.w3.org/1999/xhtml";
  private static final Pattern FILE = Pattern.compile("([\\w-]{1,40})\\.(png|gif|webp|jpe?g)");
  private static final int MAX_BYTES = 8192; // the plugin hosts no more unless it is told to
  private static final int MAX_STICKERS = 100;
  private static final String HELP = "I know ";

  private StickerBot() {}

  /** Takes a JID and a directory, and the password out of the environment; README says how. */
  public static void main(String[] args) throws IOException {
    String[] told = String.join(" ", args).strip().split("\\s+", 2);
    String password = System.getenv("BOT_PASSWORD");
    if (told.length < 2 || password == null) {
      System.err.println("Say 'JID DIRECTORY', and the password in the variable BOT_PASSWORD");
      System.exit(2);
    }
    try (XmppClient client = XmppClient.builder(Jid.of(told[0]), password).build()) {
      run(client, Path.of(told[1]), System.out::println);
    }
  }

  /** Answers until the connection ends, and throws unless it was closed in good order. */
  static void run(XmppClient client, Path directory, Consumer<String> out) throws IOException {
    BobPlugin bob = client.plugin(BobPlugin.class);
    Map<String, Bob> stickers = read(directory, out);
    stickers.values().forEach(sticker -> bob.set(sticker).join()); // also for yesterday's messages
    String help = HELP + String.join(" ", stickers.keySet());
    client.onMessage(
        message -> {
          String said = message.body().orElse("").strip();
          // Errors and rooms are not answered, nor is another such bot: that would never end.
          if (message.type() == Message.Type.CHAT && !said.isEmpty() && !said.startsWith(HELP)) {
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

  private static Map<String, Bob> read(Path directory, Consumer<String> out) throws IOException {
    Map<String, Bob> stickers = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        Matcher named = FILE.matcher(file.getFileName().toString());
        byte[] bytes = firstBytes(file);
        String name = named.matches() ? ":" + named.group(1) + ":" : "";
        if (name.isEmpty() || bytes.length == 0 || bytes.length > MAX_BYTES) {
          out.accept("Skipped " + file + ": no .png, .gif, .webp or .jpeg of 1 to 8192 bytes");
        } else if (stickers.containsKey(name) || stickers.size() == MAX_STICKERS) {
          out.accept("Skipped " + file + ": its name is taken, or there are 100 stickers already");
        } else {
          String type = "image/" + named.group(2).replace("jpg", "jpeg");
          stickers.put(name, Bob.of(bytes, type));
        }
      }
    }
    if (stickers.isEmpty()) {
      throw new IOException("There is no sticker in " + directory.toAbsolutePath());
    }
    return stickers;
  }

  /** Enough of them to tell whether there are too many. */
  private static byte[] firstBytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MAX_BYTES + 1);
    }
  }
}
