package dev.bobbin.xmpp.bob.testkit;

import dev.bobbin.xmpp.api.plugin.Settings;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.BobStoreProvider;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The program that the kit starts to have another process use a store. It reads a line with a
 * command and writes a line with the answer, until there are no more; {@link ChildStore} is the
 * other end. Settings come that way as well: arguments would show in the list of processes.
 */
final class StoreChild {
  private static final int MOST_PUTS = 1_000_000;

  private StoreChild() {}

  /**
   * Opens the store, then serves.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) throws Exception {
    PrintStream answers = System.out;
    // Whatever a store or its logger prints must not get among the answers.
    System.setOut(System.err);
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (BobStore store = open(commands)) {
      answer(answers, "open");
      String line = commands.readLine();
      while (line != null) {
        answer(answers, serve(store, line.split(" ", -1), answers));
        line = commands.readLine();
      }
    } catch (Exception | Error e) {
      e.printStackTrace();
      answer(answers, "failed " + e.toString().replaceAll("\\R", " "));
    }
  }

  private static void answer(PrintStream answers, String text) {
    answers.println(text);
    answers.flush();
  }

  private static BobStore open(BufferedReader lines) throws Exception {
    String provider = lines.readLine();
    Map<String, String> settings = new HashMap<>();
    String line = lines.readLine();
    while (line != null && !line.isEmpty()) {
      int space = line.indexOf(' ');
      byte[] value = Base64.getDecoder().decode(line.substring(space + 1));
      settings.put(line.substring(0, space), new String(value, StandardCharsets.UTF_8));
      line = lines.readLine();
    }
    Constructor<?> constructor = Class.forName(provider).getDeclaredConstructor();
    constructor.setAccessible(true);
    BobStoreProvider made = (BobStoreProvider) constructor.newInstance();
    return made.open(
        StoreContext.of(StoreFixture.ALICE).withSettings(Settings.of(made.name(), settings)));
  }

  private static String serve(BobStore store, String[] words, PrintStream answers)
      throws IOException {
    BobKey key = BobKey.hosted(ContentId.of(words[1]));
    return switch (words[0]) {
      case "put" -> {
        store.put(Versions.item(key, words[2], Integer.parseInt(words[3])));
        yield "done";
      }
      case "get" -> {
        Optional<StoredBob> found = store.get(key);
        boolean same =
            found.equals(Optional.of(Versions.item(key, words[2], Integer.parseInt(words[3]))));
        yield found.isEmpty() ? "absent" : same ? "present" : "other " + found.get();
      }
      case "delete" -> Boolean.toString(store.delete(key));
      case "share" -> {
        SharedUse.run(store, words[1], Integer.parseInt(words[2]));
        yield "done";
      }
      case "change" -> {
        for (int number = 0; number < MOST_PUTS; number++) {
          KilledChanges.make(store, number);
          answer(answers, Integer.toString(number));
        }
        yield "done";
      }
      case "overwrite" -> {
        // Most changes are not told: telling takes longer, and a kill is to hit a change.
        for (int number = 0; number < MOST_PUTS; number++) {
          store.put(Versions.large(key, number));
          if (number < Integer.parseInt(words[2])) {
            answer(answers, Integer.toString(number));
          }
        }
        yield "done";
      }
      default -> throw new IllegalArgumentException("no command: " + words[0]);
    };
  }
}
