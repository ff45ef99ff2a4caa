package dev.bobbin.testservers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files that make an ejabberd one for tests, in the folder that it runs in: no connections to
 * other servers, no limits of rate.
 */
record EjabberdConfig(ServerSettings settings, ServerPlace place) {
  /** What it prints once it listens and has all accounts. */
  static final String READY = "bobbin: ready";

  static final String CONFIG = "ejabberd.yml";
  static final String LOG = "log/ejabberd.log";
  static final String DATABASE = "database";

  private static final String START = "start.erl";
  private static final String CAPTCHA = "captcha.sh";

  /** Runs {@link #START}, and ends with 1 when that fails, which Erlang would not do by itself. */
  static final String RUN_START =
      """
      case file:eval("%s") of ok -> ok; Failure -> io:format("~p~n", [Failure]), halt(1) end.
      """
          .formatted(START)
          .strip();

  void write() throws IOException {
    Path folder = place.folder();
    Files.createDirectories(folder.resolve(DATABASE));
    Files.createDirectories(folder.resolve(LOG).getParent());
    Files.writeString(folder.resolve(CONFIG), config());
    Files.writeString(folder.resolve(START), start());
    if (!settings.captcha().isEmpty()) {
      Path picture = Files.writeString(folder.resolve("captcha.base64"), settings.captcha());
      Path command = folder.resolve(CAPTCHA);
      Files.writeString(command, "#!/bin/sh\nexec base64 -d '%s'\n".formatted(picture));
      Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
    }
  }

  private String config() {
    String listener =
        """
          - port: %d
            ip: "127.0.0.1"
            module: ejabberd_c2s
            access: all
            %s
            %s
            %s
        """;
    return """
        hosts: %s
        loglevel: info
        certfiles: %s
        listen:
        %s%s%s
        host_config:
        %s
        %s
        modules:
          mod_disco: {}
          mod_ping: {}
          mod_roster: {}
        %s%s"""
        .formatted(
            quoted(settings.hosts().stream().map(VirtualHost::domain)),
            quoted(
                settings.hosts().stream()
                    .map(place::certificate)
                    .flatMap(made -> Stream.of(made.certificate(), made.key()))
                    .map(file -> place.folder().relativize(file).toString())),
            listener.formatted(
                place.ports().startTls(),
                "starttls: true\n    starttls_required: true",
                protocol(),
                clientCertificates()),
            listener.formatted(
                place.ports().directTls(), "tls: true", protocol(), clientCertificates()),
            authentication(),
            settings.hosts().stream().map(EjabberdConfig::login).collect(Collectors.joining()),
            settings.captcha().isEmpty()
                ? ""
                : "captcha_cmd: \"" + place.folder().resolve(CAPTCHA) + '"',
            rooms(),
            registration());
  }

  private String rooms() {
    return settings.rooms()
        ? "  mod_muc:\n    host: \"%s\"\n".formatted(settings.roomsDomain())
        : "";
  }

  /** Also for users of other domains: one is logged in there who asks. */
  private String registration() {
    return settings.captcha().isEmpty()
        ? ""
        : "  mod_register:\n    captcha_protected: true\n    access_from: all\n";
  }

  private static String quoted(Stream<String> texts) {
    return texts.collect(Collectors.joining("\", \"", "[\"", "\"]"));
  }

  private static String login(VirtualHost host) {
    String how =
        switch (host.login()) {
          case PASSWORD -> "auth_method: internal";
          case ANONYMOUS -> "auth_method: anonymous\n    anonymous_protocol: sasl_anon";
        };
    return "  \"%s\":\n    %s\n".formatted(host.domain(), how);
  }

  private String clientCertificates() {
    return settings.clientCertificates()
        ? "tls_verify: true\n    cafile: "
            + place.folder().relativize(place.authority().certificate())
        : "";
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
          fun({User, Domain, Password}) ->
            ok = ejabberd_auth:try_register(
              base64:decode(User), list_to_binary(Domain), base64:decode(Password))
          end, [%s]),
        spawn(fun() -> eof = io:get_line(""), halt(0) end),
        io:format("%s~n").
        """
        .formatted(
            settings.hosts().stream()
                .flatMap(EjabberdConfig::accounts)
                .collect(Collectors.joining(", ")),
            READY);
  }

  private static Stream<String> accounts(VirtualHost host) {
    return host.accounts().entrySet().stream()
        .map(
            account ->
                "{\"%s\", \"%s\", \"%s\"}"
                    .formatted(
                        base64(account.getKey()), host.domain(), base64(account.getValue())));
  }

  /** What a password is made of does not matter so. */
  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
