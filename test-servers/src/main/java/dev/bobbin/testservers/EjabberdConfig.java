package dev.bobbin.testservers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The files that make an ejabberd one for tests, in the folder that it runs in: no connections to
 * other servers, no limits of rate.
 */
record EjabberdConfig(ServerSettings settings, int port, ServerCertificate certificate) {
  /** What it prints once it listens and has all accounts. */
  static final String READY = "bobbin: ready";

  static final String CONFIG = "ejabberd.yml";
  static final String LOG = "log/ejabberd.log";
  static final String DATABASE = "database";

  private static final String START = "start.erl";

  /** Runs {@link #START}, and ends with 1 when that fails, which Erlang would not do by itself. */
  static final String RUN_START =
      """
      case file:eval("%s") of ok -> ok; Failure -> io:format("~p~n", [Failure]), halt(1) end.
      """
          .formatted(START)
          .strip();

  void write(Path folder) throws IOException {
    Files.createDirectories(folder.resolve(DATABASE));
    Files.createDirectories(folder.resolve(LOG).getParent());
    Files.writeString(folder.resolve(CONFIG), config());
    Files.writeString(folder.resolve(START), start());
  }

  private String config() {
    return """
        hosts: ["%s"]
        loglevel: info
        certfiles: ["%s", "%s"]
        listen:
          - port: %d
            ip: "127.0.0.1"
            module: ejabberd_c2s
            access: all
            starttls: true
            starttls_required: true
            %s
        auth_method: internal
        %s
        modules:
          mod_disco: {}
          mod_ping: {}
          mod_roster: {}
        """
        .formatted(
            settings.domain(),
            certificate.certificate().getFileName(),
            certificate.key().getFileName(),
            port,
            protocol(),
            authentication());
  }

  private String protocol() {
    return switch (settings.tlsProtocol()) {
      case "TLSv1.2" -> "protocol_options: [no_sslv3, no_tlsv1, no_tlsv1_1, no_tlsv1_3]";
      case "TLSv1.3" -> "protocol_options: [no_sslv3, no_tlsv1, no_tlsv1_1, no_tlsv1_2]";
      default -> "";
    };
  }

  private String authentication() {
    return switch (settings.passwords()) {
      case PLAIN -> "auth_password_format: plain";
      case SHA_1 -> "auth_password_format: scram\nauth_scram_hash: sha";
      case SHA_256 -> "auth_password_format: scram\nauth_scram_hash: sha256";
    };
  }

  /**
   * Starts the server, makes the accounts, and ends it all when whoever holds the other end of the
   * standard input has ended, for whatever reason: nobody writes anything there. It is one
   * expression, since Erlang would go on with the next one after a failure.
   */
  private String start() {
    return """
        {ok, _} = application:ensure_all_started(ejabberd),
        lists:foreach(
          fun({User, Password}) ->
            ok = ejabberd_auth:try_register(
              base64:decode(User), <<"%s">>, base64:decode(Password))
          end, [%s]),
        spawn(fun() -> eof = io:get_line(""), halt(0) end),
        io:format("%s~n").
        """
        .formatted(
            settings.domain(),
            settings.accounts().entrySet().stream()
                .map(EjabberdConfig::pair)
                .collect(Collectors.joining(", ")),
            READY);
  }

  private static String pair(Map.Entry<String, String> account) {
    return "{\"%s\", \"%s\"}".formatted(base64(account.getKey()), base64(account.getValue()));
  }

  /** What a password is made of does not matter so. */
  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
