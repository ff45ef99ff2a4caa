package dev.bobbin.xmpp.core.internal.dial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.testservers.TinyNameServer;
import dev.bobbin.testservers.TinyNameServer.Srv;
import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where a domain's server is, asked of a name server in this process. */
@Timeout(60)
class SrvResolverTest {
  private static final Executor THREADS =
      task -> {
        Thread thread = new Thread(task, "looking up");
        thread.setDaemon(true);
        thread.start();
      };

  private static SrvResolver impatient(TinyNameServer server) {
    return new SrvResolver(
        THREADS, server.address(), Duration.ofMillis(250), new Random(1), lookUp -> {});
  }

  private static SrvResolver resolver(TinyNameServer server, long seed) {
    return new SrvResolver(
        THREADS, server.address(), Duration.ofSeconds(25), new Random(seed), lookUp -> {});
  }

  private static List<String> targets(TinyNameServer server, String domain) {
    return resolver(server, 1).resolve(domain).stream().map(Endpoint::toString).toList();
  }

  @Test
  void resolve_priorities_areTriedLowestFirst() throws Exception {
    try (TinyNameServer server =
        TinyNameServer.withRecords(
            new Srv(30, 0, 5224, "c.example"),
            new Srv(10, 0, 5222, "a.example"),
            new Srv(20, 65535, 5223, "b.example"))) {
      assertThat(targets(server, "example.org"))
          .containsExactly("a.example:5222", "b.example:5223", "c.example:5224");
      assertThat(server.asked())
          .containsOnly("_xmpp-client._tcp.example.org.", "_xmpps-client._tcp.example.org.");
    }
  }

  /** Without DNS, of which hundreds of questions take long. */
  private static SrvResolver resolver(SrvRecords records, long seed) {
    return new SrvResolver(
        Runnable::run, records, Duration.ofSeconds(25), new Random(seed), lookUp -> {});
  }

  @Test
  void resolve_weights_decideHowOftenWhoIsFirst() {
    List<SrvRecords.Srv> records =
        List.of(
            new SrvRecords.Srv(10, 90, 5222, "often.example"),
            new SrvRecords.Srv(10, 10, 5222, "seldom.example"),
            new SrvRecords.Srv(10, 0, 5222, "hardly.example"));
    Map<String, Integer> first = new HashMap<>();
    for (int seed = 0; seed < 300; seed++) {
      List<Endpoint> order =
          resolver(name -> name.startsWith("_xmpps") ? List.of() : records, seed)
              .resolve("example.org");
      assertThat(order).hasSize(3).doesNotHaveDuplicates();
      first.merge(order.get(0).host(), 1, Integer::sum);
    }
    assertThat(first.get("often.example")).isBetween(240, 299);
    assertThat(first.get("seldom.example")).isBetween(10, 60);
    assertThat(first.getOrDefault("hardly.example", 0)).isLessThan(10);
  }

  @Test
  void resolve_weightsOfZero_areAllTried() throws Exception {
    try (TinyNameServer server =
        TinyNameServer.withRecords(
            new Srv(10, 0, 5222, "a.example"), new Srv(10, 0, 5222, "b.example"))) {
      assertThat(targets(server, "example.org"))
          .containsExactlyInAnyOrder("a.example:5222", "b.example:5222");
    }
  }

  @Test
  void resolve_targetIsTheRoot_saysThatThereIsNoService() throws Exception {
    try (TinyNameServer server = TinyNameServer.withRecords(new Srv(0, 0, 0, "."))) {
      assertThatThrownBy(() -> resolver(server, 1).resolve("example.org"))
          .isInstanceOfSatisfying(
              ConnectionException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.NAME_NOT_FOUND))
          .hasMessage(
              "The DNS of 'example.org' says that it has no XMPP service (SRV target '.')"
                  + " (docs/errors.md#no-service)");
    }
  }

  @Test
  void resolve_bothServices_areOrderedTogether() throws Exception {
    try (TinyNameServer server =
        TinyNameServer.withRecords(
            List.of(new Srv(20, 0, 5222, "b.example"), new Srv(40, 0, 5222, "d.example")),
            List.of(new Srv(10, 0, 443, "a.example"), new Srv(30, 0, 5223, "c.example")))) {
      assertThat(resolver(server, 1).resolve("example.org"))
          .containsExactly(
              new Endpoint("a.example", 443, true),
              new Endpoint("b.example", 5222, false),
              new Endpoint("c.example", 5223, true),
              new Endpoint("d.example", 5222, false));
    }
  }

  @Test
  void resolve_weightsOfBothServices_areOneDraw() {
    SrvRecords records =
        name ->
            List.of(
                name.startsWith("_xmpps")
                    ? new SrvRecords.Srv(10, 90, 5223, "often.example")
                    : new SrvRecords.Srv(10, 10, 5222, "seldom.example"));
    int direct = 0;
    for (int seed = 0; seed < 200; seed++) {
      direct += resolver(records, seed).resolve("example.org").get(0).directTls() ? 1 : 0;
    }
    assertThat(direct).isBetween(150, 199);
  }

  @Test
  void resolve_oneServiceIsTheRoot_leavesTheOther() throws Exception {
    List<Srv> root = List.of(new Srv(0, 0, 0, "."));
    try (TinyNameServer noDirect =
            TinyNameServer.withRecords(List.of(new Srv(1, 0, 5222, "a.example")), root);
        TinyNameServer onlyDirect =
            TinyNameServer.withRecords(root, List.of(new Srv(1, 0, 5223, "a.example")))) {
      assertThat(resolver(noDirect, 1).resolve("example.org"))
          .containsExactly(new Endpoint("a.example", 5222, false));
      assertThat(resolver(onlyDirect, 1).resolve("example.org"))
          .containsExactly(new Endpoint("a.example", 5223, true));
    }
  }

  @Test
  void resolve_rootForDirectTlsAndNothingElse_doesNotFallBackToTheDomain() throws Exception {
    try (TinyNameServer server =
        TinyNameServer.withRecords(List.of(), List.of(new Srv(0, 0, 0, ".")))) {
      assertThatThrownBy(() -> resolver(server, 1).resolve("example.org"))
          .isInstanceOfSatisfying(
              ConnectionException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.NAME_NOT_FOUND));
    }
  }

  @Test
  void resolve_oneLookUpFails_takesTheOther() throws Exception {
    for (boolean directFails : new boolean[] {true, false}) {
      try (TinyNameServer server =
          new TinyNameServer(
              question ->
                  TinyNameServer.isForDirectTls(question) == directFails
                      ? TinyNameServer.answer(question, 2)
                      : TinyNameServer.answer(question, 0, new Srv(1, 0, 5222, "a.example")))) {
        SrvResolver resolver = resolver(server, 1);
        assertThat(resolver.resolve("example.org"))
            .containsExactly(new Endpoint("a.example", 5222, !directFails));
        assertThat(resolver.failure()).isPresent();
      }
    }
  }

  @Test
  void resolve_rootAmongOtherTargets_isLeftOut() throws Exception {
    try (TinyNameServer server =
        TinyNameServer.withRecords(new Srv(0, 0, 0, "."), new Srv(1, 0, 5222, "a.example"))) {
      assertThat(targets(server, "example.org")).containsExactly("a.example:5222");
    }
  }

  @Test
  void resolve_noRecords_isTheDomainItself() throws Exception {
    try (TinyNameServer server = TinyNameServer.withRecords()) {
      assertThat(targets(server, "example.org")).containsExactly("example.org:5222");
    }
  }

  @Test
  void resolve_noSuchName_isTheDomainItself() throws Exception {
    try (TinyNameServer server =
        new TinyNameServer(question -> TinyNameServer.answer(question, 3))) {
      assertThat(targets(server, "example.org")).containsExactly("example.org:5222");
    }
  }

  @Test
  void resolve_serverFails_isTheDomainItself() throws Exception {
    try (TinyNameServer server =
        new TinyNameServer(question -> TinyNameServer.answer(question, 2))) {
      assertThat(targets(server, "example.org")).containsExactly("example.org:5222");
    }
  }

  @Test
  void resolve_serverIsSilent_isTheDomainItself() throws Exception {
    CountDownLatch asked = new CountDownLatch(2);
    TinyNameServer.Behaviour silent =
        question -> {
          asked.countDown();
          return null;
        };
    try (TinyNameServer server = new TinyNameServer(silent)) {
      assertThat(impatient(server).resolve("example.org"))
          .containsExactly(new Endpoint("example.org", 5222, false));
      assertThat(asked.await(20, TimeUnit.SECONDS)).as("asked, be it late").isTrue();
    }
  }

  @Test
  void resolve_malformedAnswers_areTheDomainItself() throws Exception {
    List<TinyNameServer.Behaviour> hostile =
        List.of(
            question -> new byte[0],
            question -> new byte[] {1, 2, 3},
            question -> {
              byte[] cut = TinyNameServer.answer(question, 0, new Srv(1, 1, 5222, "a.example"));
              return java.util.Arrays.copyOf(cut, cut.length - 5);
            },
            question -> {
              // A name that points to itself.
              byte[] loop = TinyNameServer.answer(question, 0, new Srv(1, 1, 5222, "a.example"));
              int target = loop.length - 11;
              loop[target] = (byte) 0xC0;
              loop[target + 1] = (byte) target;
              return loop;
            });
    for (TinyNameServer.Behaviour behaviour : hostile) {
      try (TinyNameServer server = new TinyNameServer(behaviour)) {
        assertThat(impatient(server).resolve("example.org"))
            .containsExactly(new Endpoint("example.org", 5222, false));
      }
    }
  }

  @Test
  void resolve_moreRecordsThanAnybodyHas_areBounded() throws Exception {
    Srv[] records = new Srv[40];
    for (int i = 0; i < records.length; i++) {
      records[i] = new Srv(1, 1, 5222, "h" + i);
    }
    try (TinyNameServer server = TinyNameServer.withRecords(records)) {
      assertThat(targets(server, "example.org")).hasSize(32);
    }
  }

  @Test
  void resolve_internationalDomain_isAskedForInAscii() throws Exception {
    try (TinyNameServer server = TinyNameServer.withRecords()) {
      assertThat(targets(server, "b\u00FCcher.example"))
          .containsExactly("xn--bcher-kva.example:5222");
      assertThat(server.asked())
          .containsOnly(
              "_xmpp-client._tcp.xn--bcher-kva.example.",
              "_xmpps-client._tcp.xn--bcher-kva.example.");
    }
  }

  @Test
  void resolve_ipAddress_isNotAskedFor() throws Exception {
    try (TinyNameServer server = TinyNameServer.withRecords()) {
      assertThat(resolver(server, 1).resolve("[::1]"))
          .containsExactly(new Endpoint("::1", 5222, false));
      assertThat(server.asked()).isEmpty();
    }
  }

  @Test
  void resolve_nameTooLongForDns_isAClearError() throws Exception {
    try (TinyNameServer server = TinyNameServer.withRecords()) {
      String domain = "\u00FC".repeat(63) + ".example";
      assertThatThrownBy(() -> resolver(server, 1).resolve(domain))
          .isInstanceOfSatisfying(
              ConnectionException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.NAME_NOT_FOUND))
          .hasMessageStartingWith("'" + domain + "' cannot be a name in DNS: ");
      assertThat(server.asked()).isEmpty();
    }
  }

  /** As the JDK's client is when many name servers are silent. */
  private static SrvRecords silentFor(String service, CountDownLatch over) {
    return name -> {
      if (name.startsWith(service)) {
        try {
          over.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      return List.of(new SrvRecords.Srv(1, 0, 5223, "a.example"));
    };
  }

  @Test
  void resolve_dnsTakesTooLong_isTheDomainItselfWithTheFailureNoted() {
    CountDownLatch over = new CountDownLatch(1);
    SrvResolver resolver =
        new SrvResolver(
            THREADS, silentFor("_xmpp", over), Duration.ofMillis(20), new Random(1), lookUp -> {});

    assertThat(resolver.resolve("example.org"))
        .containsExactly(new Endpoint("example.org", 5222, false));
    assertThat(resolver.failure()).contains("no answer within 20 ms");
    over.countDown();
  }

  @Test
  void resolve_lookUpForStartTlsTakesTooLong_takesTheOther() {
    CountDownLatch over = new CountDownLatch(1);
    SrvResolver resolver =
        new SrvResolver(
            THREADS,
            silentFor("_xmpp-client", over),
            Duration.ofSeconds(2),
            new Random(1),
            lookUp -> {});

    assertThat(resolver.resolve("example.org"))
        .containsExactly(new Endpoint("a.example", 5223, true));
    over.countDown();
  }

  @Test
  void resolve_lookUpsAreClosed_endsAtOnce() {
    CountDownLatch over = new CountDownLatch(1);
    SrvResolver resolver =
        new SrvResolver(
            THREADS,
            silentFor("_xmpp", over),
            Duration.ofHours(1),
            new Random(1),
            lookUp -> THREADS.execute(() -> close(lookUp)));

    assertThat(resolver.resolve("example.org")).hasSize(1);
    assertThat(resolver.failure()).contains("given up");
    over.countDown();
  }

  private static void close(Closeable lookUp) {
    try {
      lookUp.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void resolve_rootAndAFailure_saysThatHalfIsNotKnown() throws Exception {
    try (TinyNameServer server =
        new TinyNameServer(
            question ->
                TinyNameServer.isForDirectTls(question)
                    ? TinyNameServer.answer(question, 2)
                    : TinyNameServer.answer(question, 0, new Srv(0, 0, 0, ".")))) {
      assertThatThrownBy(() -> resolver(server, 1).resolve("example.org"))
          .hasMessage(
              "The DNS of 'example.org' says that it has no XMPP service (SRV target '.'); but half"
                  + " was not answered: DNS server failure [response code 2]"
                  + " (docs/errors.md#no-service)");
    }
  }

  @Test
  void resolve_letterThatTheJdkTakesForOthers_isNotAskedFor() throws Exception {
    try (TinyNameServer server = TinyNameServer.withRecords()) {
      assertThatThrownBy(() -> resolver(server, 1).resolve("fa\u00DF.de"))
          .isInstanceOf(ConnectionException.class)
          .hasMessageContaining("docs/errors.md#no-dns-name");
      assertThat(server.asked()).isEmpty();
    }
  }

  @Test
  void failure_tellsNoAnswerFromNoRecords() throws Exception {
    try (TinyNameServer fails = new TinyNameServer(question -> TinyNameServer.answer(question, 2));
        TinyNameServer none = new TinyNameServer(question -> TinyNameServer.answer(question, 3))) {
      SrvResolver failing = resolver(fails, 1);
      SrvResolver knowing = resolver(none, 1);
      failing.resolve("example.org");
      knowing.resolve("example.org");

      assertThat(failing.failure()).contains("DNS server failure [response code 2]");
      assertThat(knowing.failure()).isEmpty();
    }
  }
}
