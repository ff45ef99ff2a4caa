package dev.bobbin.examples;

import dev.bobbin.xmpp.api.jid.Jid;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the walk-through was told: nothing, or a server with two accounts on it.
 *
 * @param server the real server; empty for the embedded one
 * @param directory where the JSON files go and stay; empty for a temporary one
 */
record WalkthroughOptions(Optional<RealServer> server, Optional<Path> directory) {
  private static final Set<String> KNOWN =
      Set.of("server", "jid", "password", "peer-jid", "peer-password", "ca", "directory");
  private static final int XMPP_PORT = 5222;

  /**
   * A server that runs already.
   *
   * @param host its name or address
   * @param port its port for clients
   * @param jid our account
   * @param password its password
   * @param peerJid the other account
   * @param peerPassword its password
   * @param ca certificates to trust; empty for the JDK's
   */
  record RealServer(
      String host,
      int port,
      Jid jid,
      String password,
      Jid peerJid,
      String peerPassword,
      Optional<Path> ca) {
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  /** Reads options; one argument with spaces in it is all of them, as Maven hands them over. */
  static WalkthroughOptions parse(List<String> given) {
    return given.size() == 1
        ? parseEach(List.of(given.get(0).strip().split("\\s+")))
        : parseEach(given);
  }

  private static WalkthroughOptions parseEach(List<String> args) {
    Map<String, String> given = new HashMap<>();
    if (args.equals(List.of("--embedded"))) {
      return new WalkthroughOptions(Optional.empty(), Optional.empty());
    }
    for (int i = 0; i < args.size(); i += 2) {
      String name = args.get(i).startsWith("--") ? args.get(i).substring(2) : "";
      if (!KNOWN.contains(name) || i + 1 == args.size()) {
        throw new IllegalArgumentException(
            "'"
                + args.get(i)
                + "' is no option with a value; there are --"
                + String.join(", --", KNOWN.stream().sorted().toList()));
      }
      given.put(name, args.get(i + 1));
    }
    Optional<Path> directory =
        Optional.ofNullable(given.get("directory")).map(Path::of).map(Path::toAbsolutePath);
    if (!given.containsKey("server")) {
      if (given.size() > (directory.isPresent() ? 1 : 0)) {
        throw new IllegalArgumentException("Accounts are for a --server; name one");
      }
      return new WalkthroughOptions(Optional.empty(), directory);
    }
    String server = given.get("server");
    int colon = server.lastIndexOf(':');
    RealServer real =
        new RealServer(
            colon < 0 ? server : server.substring(0, colon),
            colon < 0 ? XMPP_PORT : port(server.substring(colon + 1)),
            Jid.of(needed(given, "jid")),
            needed(given, "password"),
            Jid.of(needed(given, "peer-jid")),
            needed(given, "peer-password"),
            Optional.ofNullable(given.get("ca")).map(Path::of));
    return new WalkthroughOptions(Optional.of(real), directory);
  }

  private static int port(String text) {
    if (!text.matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException("'" + text + "' is no port");
    }
    return Integer.parseInt(text);
  }

  private static String needed(Map<String, String> given, String name) {
    String value = given.get(name);
    if (value == null) {
      throw new IllegalArgumentException("With --server, --" + name + " is needed");
    }
    return value;
  }
}
