package dev.bobbin.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.testservers.ServerSoftware;
import dev.bobbin.testservers.TinyNameServer;
import dev.bobbin.testservers.TinyNameServer.Srv;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.core.XmppClient;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which way leads to the server: by its SRV records, by STARTTLS, and by TLS at once. */
abstract class FindingTests extends OnARealServer {
  FindingTests(ServerSoftware software) {
    super(software);
  }

  private XmppClient juliet(TinyNameServer names) {
    return track(
        XmppClient.builder(JULIET, SharedServers.ACCOUNTS.get("juliet"))
            .nameServer(names.address())
            .trust(server().certificate())
            .discoverPlugins(false)
            .build());
  }

  private Srv startTls(int priority) {
    return new Srv(priority, 1, server().port(), "localhost");
  }

  private Srv directTls(int priority) {
    return new Srv(priority, 1, server().directTlsPort(), "localhost");
  }

  @Test
  void connect_recordForStartTls_logsIn() throws Exception {
    try (TinyNameServer names = TinyNameServer.withRecords(List.of(startTls(1)), List.of())) {
      assertThat(await(juliet(names).connect())).isEqualTo(JULIET);
    }
  }

  @Test
  void connect_recordForDirectTls_logsIn() throws Exception {
    try (TinyNameServer names = TinyNameServer.withRecords(List.of(), List.of(directTls(1)))) {
      assertThat(await(juliet(names).connect())).isEqualTo(JULIET);
    }
  }

  /** A port that takes no connection, and one that expects the other way of beginning. */
  @Test
  void connect_betterRecordsThatLeadNowhere_goesOnToTheNext() throws Exception {
    try (ServerSocket reserved = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Srv nobody = new Srv(1, 1, reserved.getLocalPort(), "localhost");
      reserved.close();
      Srv mistaken = new Srv(2, 1, server().port(), "localhost");
      try (TinyNameServer names =
          TinyNameServer.withRecords(List.of(nobody, startTls(3)), List.of(mistaken))) {
        assertThat(await(juliet(names).connect())).isEqualTo(JULIET);
      }
    }
  }

  @Test
  void connect_directTlsByItsPort_logsIn() {
    XmppClient juliet =
        track(
            hereByDirectTls(XmppClient.builder(JULIET, SharedServers.ACCOUNTS.get("juliet")))
                .build());

    assertThat(await(juliet.connect())).isEqualTo(JULIET);
  }

  @Test
  void connect_directTlsToThePortOfStartTls_isRefused() {
    XmppClient juliet =
        track(
            XmppClient.builder(JULIET, SharedServers.ACCOUNTS.get("juliet"))
                .directTls("127.0.0.1", server().port())
                .trust(server().certificate())
                .discoverPlugins(false)
                .build());

    assertFails(juliet, Reason.TLS);
  }
}
