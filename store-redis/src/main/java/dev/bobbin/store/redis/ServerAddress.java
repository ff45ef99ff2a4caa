package dev.bobbin.store.redis;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a server of Redis is.
 *
 * @param host a name or an IP address
 * @param port a TCP port
 * @param database which of the server's numbered databases; a cluster has 0 alone
 * @param tls whether TLS is spoken from the beginning
 */
record ServerAddress(String host, int port, int database, boolean tls) {
  private static final int DEFAULT_PORT = 6379;
  private static final int MOST = 32;
  private static final String TAKES =
      "redis://host:port/database or rediss://host:port/database, without user and password, and"
          + " at most "
          + MOST
          + " of them with commas between them";

  /** Reads the setting. */
  static List<ServerAddress> all(String uris) {
    List<ServerAddress> servers = new ArrayList<>();
    for (String each : uris.split(",", MOST + 1)) {
      servers.add(of(each.strip(), uris));
    }
    if (servers.size() > MOST) {
      throw refused(uris);
    }
    return List.copyOf(servers);
  }

  private static ServerAddress of(String text, String uris) {
    try {
      URI uri = new URI(text);
      String path = uri.getPath();
      boolean tls = "rediss".equals(uri.getScheme());
      if ((tls || "redis".equals(uri.getScheme()))
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getQuery() == null
          && uri.getFragment() == null
          && path.matches("|/|/[0-9]{1,5}")) {
        String host = uri.getHost();
        return new ServerAddress(
            host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
            uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
            path.length() < 2 ? 0 : Integer.parseInt(path.substring(1)),
            tls);
      }
    } catch (URISyntaxException e) {
      // Its message holds the text, which may hold a password.
    }
    throw refused(uris);
  }

  /** Quotes nothing that could hold a password. */
  private static IllegalArgumentException refused(String uris) {
    if (uris.contains("@")) {
      return new IllegalArgumentException(
          "Setting 'uri' of redis holds an @; it takes "
              + TAKES
              + ": for those are the settings 'username' and 'password-file'"
              + " (docs/errors.md#bad-setting)");
    }
    return RedisSettings.refused(RedisSettings.URI, uris, TAKES);
  }

  /** For people; holds no secret. */
  @Override
  public String toString() {
    return (tls ? "rediss://" : "redis://")
        + (host.contains(":") ? "[" + host + "]" : host)
        + ":"
        + port
        + (database == 0 ? "" : "/" + database);
  }
}
