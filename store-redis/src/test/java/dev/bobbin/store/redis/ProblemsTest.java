package dev.bobbin.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class ProblemsTest {
  private static String notInTime(String uri) {
    List<ServerAddress> servers = ServerAddress.all(uri);
    return String.valueOf(Problems.notConnected(servers, new TimeoutException()).getMessage());
  }

  @Test
  void notConnected_noAnswerInTime_tellsOfTlsWhereItWasSpoken() {
    assertThat(notInTime("rediss://h"))
        .isEqualTo(
            "Cannot reach Redis at [rediss://h:6379]: it did not answer in time. Start it, or set"
                + " 'uri' to where it is, with redis:// if that port speaks no TLS"
                + " (docs/errors.md#redis-unreachable)");
    assertThat(notInTime("redis://h")).endsWith("where it is (docs/errors.md#redis-unreachable)");
  }
}
