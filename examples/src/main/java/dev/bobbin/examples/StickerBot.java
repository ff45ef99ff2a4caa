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
import java.util.List;
import java.util.Locale;
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
  private static final List<String> ENDINGS = List.of("png", "gif", "webp", "jpg", "jpeg");
  private static final Pattern FILE =
      Pattern.compile(
          "([\\w-]{1,40})\\.(" + String.join("|", ENDINGS) + ")", Pattern.CASE_INSENSITIVE);

  /** What is answered. All else is not: two machines that answer everything never end. */
  private static final Pattern WANTED = Pattern.compile(":\\S+:|help", Pattern.CASE_INSENSITIVE);

  private static final int MAX_BYTES = 8192; // the plugin hosts no more unless it is told to
  private static final int MAX_STICKERS = 100;

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

  private static Map<String, Bob> read(Path directory, Consumer<String> out) throws IOException {
    Map<String, Bob> stickers = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        Matcher named = FILE.matcher(file.getFileName().toString());
        byte[] bytes = firstBytes(file);
        String name = named.matches() ? ":" + named.group(1) + ":" : "";
        if (name.isEmpty() || bytes.length == 0 || bytes.length > MAX_BYTES) {
          String pictures = "." + String.join(", .", ENDINGS);
          out.accept("Skipped %s: no %s of 1 to %d bytes".formatted(file, pictures, MAX_BYTES));
        } else if (stickers.containsKey(name) || stickers.size() == MAX_STICKERS) {
          out.accept(
              "Skipped %s: its name is taken, or there are %d stickers already"
                  .formatted(file, MAX_STICKERS));
        } else {
          String ending = named.group(2).toLowerCase(Locale.ROOT);
          stickers.put(name, Bob.of(bytes, "image/" + (ending.equals("jpg") ? "jpeg" : ending)));
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
