package dev.bobbin.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bobbin.testservers.RedisServer;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Reaching a server, and what is said where that fails. */
@ExtendWith(SharedRedis.Resolver.class)
class ConnectingTest {
  private final RedisServer tls;
  private final String uri;

  ConnectingTest(SharedRedis redis) {
    tls = redis.tlsServer();
    uri = SharedRedis.uri(redis.server());
  }

  private static void assertWorks(StoreContext context) throws IOException {
    try (BobStore store = new RedisBobStoreProvider().open(context)) {
      store.put(Items.item(Items.hosted("x"), "y"));
      assertThat(store.get(Items.hosted("x"))).isPresent();
      assertThat(store.scan(null, 1).items()).containsExactly(Items.hosted("x"));
      assertThat(store.delete(Items.hosted("x"))).isTrue();
      assertThat(store.place()).doesNotContain(SharedRedis.PASSWORD, SharedRedis.USER);
    }
  }

  /** What opening fails with; nothing of it may hold the password. */
  private static IOException failure(StoreContext context) {
    IOException problem =
        catchThrowableOfType(
            IOException.class, () -> new RedisBobStoreProvider().open(context).close());
    StringWriter all = new StringWriter();
    problem.printStackTrace(new PrintWriter(all));
    assertThat(all.toString()).doesNotContain(SharedRedis.PASSWORD, "Wrong-0ne");
    return problem;
  }

  @Test
  void open_rightPassword_works() throws Exception {
    assertWorks(
        SharedRedis.context(uri, "username", SharedRedis.USER, "password", SharedRedis.PASSWORD));
  }

  @Test
  void open_passwordFromAFile_works(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("password"), SharedRedis.PASSWORD + "\n");
    assertWorks(
        SharedRedis.context(uri, "username", SharedRedis.USER, "password-file", file.toString()));
  }

  @Test
  void open_wrongPassword_saysWhatToCheck() {
    IOException problem =
        failure(SharedRedis.context(uri, "username", SharedRedis.USER, "password", "Wrong-0ne"));
    assertThat(problem)
        .hasMessageContainingAll("127.0.0.1", "WRONGPASS", "'username'", "errors.md#redis-login")
        .hasNoCause();
  }

  @Test
  void put_userWhoMayNot_saysWhatToCheck() throws Exception {
    StoreContext context =
        SharedRedis.context(
            uri,
            "username",
            SharedRedis.USER,
            "password",
            SharedRedis.PASSWORD,
            "prefix",
            "not-the-users");
    try (BobStore store = new RedisBobStoreProvider().open(context)) {
      assertThatThrownBy(() -> store.put(Items.item(Items.hosted("x"), "y")))
          .isInstanceOf(IOException.class)
          .hasMessageContainingAll(
              "put", "NOPERM", "not-the-users{}*", "'prefix'", "errors.md#redis-login")
          .hasNoCause();
    }
  }

  @Test
  void open_otherDatabase_isAnotherPlace() throws Exception {
    StoreContext first = SharedRedis.context(uri + "/1");
    String prefix = first.settings().text("prefix").orElseThrow();
    try (BobStore one = new RedisBobStoreProvider().open(first);
        BobStore other =
            new RedisBobStoreProvider().open(SharedRedis.context(uri + "/2", "prefix", prefix))) {
      one.put(Items.item(Items.hosted("x"), "y"));
      assertThat(other.get(Items.hosted("x"))).isEmpty();
    }
  }

  @Test
  void open_databaseThatIsNotThere_saysWhatToSet() {
    assertThat(failure(SharedRedis.context(uri + "/99")))
        .hasMessageContainingAll(
            "'ERR DB index is out of range'", "'uri'", "databases", "errors.md#redis-refused")
        .hasNoCause();
  }

  @Test
  void open_passwordWhereNoneIsWanted_saysSo() {
    assertThat(failure(SharedRedis.context(uri, "password", "Wrong-0ne")))
        .hasMessageContainingAll(
            "It wants no password", "leave out 'password-file'", "errors.md#redis-refused");
  }

  /** The handshake's own clock, or ours, ends the wait, whichever is first. */
  @Test
  void open_tlsWhereThereIsNone_saysThatThisMayBe() {
    StoreContext context =
        SharedRedis.context(
            uri.replace("redis:", "rediss:"),
            "connect-timeout-ms",
            "100",
            "command-timeout-ms",
            "100");
    assertThat(failure(context))
        .hasMessageContaining("redis:// if that port speaks no TLS")
        .message()
        .containsAnyOf("errors.md#redis-unreachable", "errors.md#redis-tls");
  }

  @Test
  void open_tlsWithItsAuthority_works() throws Exception {
    assertWorks(
        SharedRedis.context(
            "rediss://localhost:" + tls.tlsPort(), "trust", tls.certificate().toString()));
  }

  @Test
  void open_tlsOfAnAuthorityThatIsNotTrusted_isRefused() {
    assertThat(failure(SharedRedis.context("rediss://localhost:" + tls.tlsPort())))
        .hasMessageContainingAll("No TLS", "localhost", "'trust'", "errors.md#redis-tls");
  }

  @Test
  void open_tlsThatAsksForACertificate_takesOursAndNobodyElse() throws Exception {
    String uri = "rediss://localhost:" + tls.tlsPort();
    String trust = tls.certificate().toString();
    tls.command("CONFIG", "SET", "tls-auth-clients", "yes");
    try {
      assertWorks(
          SharedRedis.context(
              uri,
              "trust",
              trust,
              "certificate",
              tls.clientCertificate().toString(),
              "certificate-key",
              tls.clientKey().toString()));
      assertThat(failure(SharedRedis.context(uri, "trust", trust)))
          .hasMessageContainingAll("'certificate'", "errors.md#redis-tls");
    } finally {
      tls.command("CONFIG", "SET", "tls-auth-clients", "no");
    }
  }

  @Test
  void open_tlsOfAnotherHost_isRefused() {
    assertThat(
            failure(
                SharedRedis.context(
                    "rediss://127.0.0.1:" + tls.tlsPort(), "trust", tls.certificate().toString())))
        .hasMessageContaining("errors.md#redis-tls");
  }

  @Test
  void open_nobodyListens_saysWhere() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertThat(failure(SharedRedis.context("redis://127.0.0.1:" + port)))
        .hasMessageContainingAll(
            "redis://127.0.0.1:" + port, "refused", "errors.md#redis-unreachable");
  }

  /** Each process would keep its items where it finds somebody first. */
  @Test
  void open_severalThatAreNoCluster_isRefused() {
    assertThat(failure(SharedRedis.context("redis://127.0.0.1:1," + uri)))
        .hasMessageContainingAll("no cluster", "Name one in 'uri'", "errors.md#redis-unfit");
  }

  @Test
  void open_nobodyAnswers_endsInTime() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(
              failure(
                  SharedRedis.context(
                      "redis://127.0.0.1:" + silent.getLocalPort(),
                      "connect-timeout-ms",
                      "100",
                      "command-timeout-ms",
                      "100")))
          .hasMessageContainingAll("it did not answer in time", "errors.md#redis-unreachable");
    }
  }

  /** The failure says it all. */
  @Test
  void open_nobodyAnswers_warnsOfNothing() throws Exception {
    List<String> warnings = new ArrayList<>();
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      StoreContext context =
          SharedRedis.context(
                  "redis://127.0.0.1:" + silent.getLocalPort(), "command-timeout-ms", "50")
              .withExecutor(Runnable::run);
      assertThatThrownBy(() -> RedisBobStore.open(context, warnings::add))
          .isInstanceOf(IOException.class)
          .hasMessageContainingAll("it did not answer in time", "errors.md#redis-unreachable");
    }
    assertThat(warnings).isEmpty();
  }

  /** As an old server does, and a hostile one can. */
  @Test
  void open_serverThatRepeatsWhatItIsTold_doesNotBringThePasswordIntoTheError() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread echo = new Thread(() -> echo(socket));
      echo.setDaemon(true);
      echo.start();
      IOException problem =
          failure(
              SharedRedis.context(
                  "redis://127.0.0.1:" + socket.getLocalPort(), "password", "Wrong-0ne"));
      assertThat(problem).hasMessageContaining("it answered ERR").hasNoCause();
    }
  }

  private static void echo(ServerSocket socket) {
    try (Socket client = socket.accept();
        InputStream in = client.getInputStream()) {
      byte[] bytes = new byte[1000];
      for (int i = 0; i < 10; i++) {
        int read = in.read(bytes);
        if (read < 0) {
          return;
        }
        String said = new String(bytes, 0, read, UTF_8).replaceAll("\\s+", " ");
        client.getOutputStream().write(("-ERR unknown command: " + said + "\r\n").getBytes(UTF_8));
      }
    } catch (IOException e) {
      // The client has gone.
    }
  }
}
