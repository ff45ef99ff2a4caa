package dev.bobbin.testservers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files that make a Prosody one for tests: everything in a folder of its own, one port of
 * 127.0.0.1, no connections to other servers, no limits of rate.
 *
 * <p>Prosody leaves Nagle's algorithm on by default; then an exchange in which both sides wait for
 * a second small write takes 40 ms, whatever the client does. It is off here.
 */
record ProsodyConfig(
    ServerSettings settings, int port, ServerCertificate certificate, Path folder) {

  /**
   * Ends Prosody when whoever holds the other end of its standard input has ended, for whatever
   * reason. It reads no more than a byte, and nobody writes any.
   */
  private static final String ENDS_WITH_STARTER =
      """
      module:set_global();
      require "net.server".watchfd(0, function ()
        if io.stdin:read(1) == nil then
          os.exit(0);
        end
      end);
      """;

  /** Writes the files, and makes the folders that they name. */
  Path write() throws IOException {
    Path modules = Files.createDirectories(folder.resolve("modules"));
    Files.writeString(modules.resolve("mod_ends_with_starter.lua"), ENDS_WITH_STARTER);
    Files.createDirectories(folder.resolve("data"));
    return Files.writeString(folder.resolve("prosody.cfg.lua"), text());
  }

  private String text() {
    return """
        run_as_root = true
        pidfile = %s
        data_path = %s
        plugin_paths = { %s }
        certificates = %s
        log = { { levels = { min = "info" }, to = "console" } }

        interfaces = { "127.0.0.1" }
        local_interfaces = { "127.0.0.1" }
        c2s_ports = { %d }
        c2s_direct_tls_ports = {}
        legacy_ssl_ports = {}
        s2s_ports = {}
        s2s_direct_tls_ports = {}
        component_ports = {}
        http_ports = {}
        https_ports = {}
        network_settings = { nagle = false }

        modules_enabled = { "roster", "saslauth", "tls", "disco", "ping", "ends_with_starter" }
        modules_disabled = { "s2s", "s2s_auth_certs", "offline" }

        c2s_require_encryption = true
        %s
        ssl = { key = %s, certificate = %s%s }

        VirtualHost "%s"
        """
        .formatted(
            quoted(folder.resolve("prosody.pid")),
            quoted(folder.resolve("data")),
            quoted(folder.resolve("modules")),
            quoted(folder),
            port,
            authentication(),
            quoted(certificate.key()),
            quoted(certificate.certificate()),
            protocol(),
            settings.domain());
  }

  private String authentication() {
    return switch (settings.passwords()) {
      case PLAIN -> "authentication = \"internal_plain\"";
      case SHA_1, SHA_256 ->
          "authentication = \"internal_hashed\"\npassword_hash = \"%s\""
              .formatted(settings.passwords().hash());
    };
  }

  private String protocol() {
    return switch (settings.tlsProtocol()) {
      case "TLSv1.2" -> ", protocol = \"tlsv1_2\"";
      case "TLSv1.3" -> ", protocol = \"tlsv1_3\"";
      default -> "";
    };
  }

  /** A Lua string; the temporary folder is wherever the user wants it. */
  private static String quoted(Path path) {
    return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
