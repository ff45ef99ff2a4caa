package dev.bobbin.testservers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.stream.Collectors;

/**
 * The files that make a Prosody one for tests: everything in a folder of its own, two ports of
 * 127.0.0.1, no connections to other servers, no limits of rate.
 *
 * <p>Prosody leaves Nagle's algorithm on by default; then an exchange in which both sides wait for
 * a second small write takes 40 ms, whatever the client does. It is off here.
 */
record ProsodyConfig(ServerSettings settings, ServerPlace place) {
  /** What it logs once it listens and has all accounts. */
  static final String READY = "bobbin: ready";

  private static final String MODULE = "for_tests";

  /** Writes the files, and makes the folders that they name. */
  Path write() throws IOException {
    Path modules = Files.createDirectories(file("modules"));
    Files.writeString(modules.resolve("mod_" + MODULE + ".lua"), module());
    Files.createDirectories(file("data"));
    return Files.writeString(file("prosody.cfg.lua"), text());
  }

  /**
   * A module that makes the accounts, which takes less time than one {@code prosodyctl} for each;
   * logs by which mechanism one logs in, in the words of ejabberd; and ends Prosody when whoever
   * holds the other end of its standard input has ended, for whatever reason. It reads no more than
   * a byte there, and nobody writes any.
   */
  private String module() {
    return """
        module:set_global();
        function module.add_host(host_module)
          host_module:hook("authentication-success", function (event)
            local login = event.session;
            host_module:log("info", "Accepted c2s %%s authentication for %%s@%%s by Prosody",
              login.sasl_handler.selected, login.username, login.host);
          end);
        end

        require "net.server".watchfd(0, function ()
          if io.stdin:read(1) == nil then
            os.exit(0);
          end
        end);

        local decode = require "util.encodings".base64.decode;
        local create_user = require "core.usermanager".create_user;
        module:hook_global("server-started", function ()
          local ok, failure = pcall(function ()
        %s
          end);
          if not ok then
            module:log("error", "no accounts: %%s", failure);
            os.exit(1);
          end
          module:log("info", "%s");
        end);
        """
        .formatted(
            settings.hosts().stream()
                .flatMap(
                    host ->
                        host.accounts().entrySet().stream()
                            .map(
                                account ->
                                    "    assert(create_user(decode \"%s\", decode \"%s\", \"%s\"));"
                                        .formatted(
                                            base64(account.getKey()),
                                            base64(account.getValue()),
                                            host.domain())))
                .collect(Collectors.joining("\n")),
            READY);
  }

  /** What a password is made of does not matter so. */
  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
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
        c2s_direct_tls_ports = { %d }
        legacy_ssl_ports = {}
        s2s_ports = {}
        s2s_direct_tls_ports = {}
        component_ports = {}
        http_ports = {}
        https_ports = {}
        network_settings = { nagle = false }

        modules_enabled = { "roster", "saslauth", "tls", "disco", "ping", "%s" }
        modules_disabled = { "s2s", "s2s_auth_certs", "offline" }

        c2s_require_encryption = true
        %s
        ssl = { %s%s%s }

        """
            .formatted(
                quoted(file("prosody.pid")),
                quoted(file("data")),
                quoted(file("modules")),
                quoted(file("none")),
                place.ports().startTls(),
                place.ports().directTls(),
                MODULE,
                authentication(),
                certificate(settings.hosts().get(0)),
                protocol(),
                clientCertificates())
        + settings.hosts().stream().map(this::host).collect(Collectors.joining("\n"))
        + rooms();
  }

  private String host(VirtualHost host) {
    String anonymous =
        host.login() == VirtualHost.Login.ANONYMOUS ? "  authentication = \"anonymous\"\n" : "";
    return """
        VirtualHost "%s"
          ssl = { %s }
          c2s_direct_tls_ssl = { %s }
        %s"""
        .formatted(host.domain(), certificate(host), certificate(host), anonymous);
  }

  private String rooms() {
    return settings.rooms()
        ? """

          Component "%s" "muc"
            muc_room_locking = false
          """
            .formatted(settings.roomsDomain())
        : "";
  }

  private String certificate(VirtualHost host) {
    ServerCertificate certificate = place.certificate(host);
    return "key = %s, certificate = %s"
        .formatted(quoted(certificate.key()), quoted(certificate.certificate()));
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

  private String clientCertificates() {
    return settings.clientCertificates()
        ? ", verify = { \"peer\" }, cafile = " + quoted(place.authority().certificate())
        : "";
  }

  private Path file(String name) {
    return place.folder().resolve(name);
  }

  /** A Lua string; the temporary folder is wherever the user wants it. */
  private static String quoted(Path path) {
    return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
