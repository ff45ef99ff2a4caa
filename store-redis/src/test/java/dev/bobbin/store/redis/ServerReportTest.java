package dev.bobbin.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerReportTest {
  private final List<String> warnings = new ArrayList<>();

  private void check(String... lines) throws IOException {
    new ServerReport(String.join("\r\n", lines)).requireFit("here", warnings::add);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.8.24", "5.0.7", "6.0.16", "6.1.240"})
  void requireFit_oldVersion_isRefused(String version) {
    assertThatThrownBy(() -> check("redis_version:" + version))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "Redis at here cannot keep bits of binary: it is version "
                + version
                + ". Take 6.2 or later (docs/errors.md#redis-unfit)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"6.2.0", "7.0.15", "10.1.1", "unstable", "", "99999999999.1"})
  void requireFit_otherVersion_isTaken(String version) {
    assertThatCode(() -> check("# Server", "redis_version:" + version)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"allkeys-lru", "allkeys-lfu", "allkeys-random"})
  void requireFit_policyThatPushesHostedOnesOut_isRefused(String policy) {
    assertThatThrownBy(() -> check("maxmemory:0", "maxmemory_policy:" + policy))
        .hasMessageContaining(policy)
        .hasMessageContaining("Set volatile-lru");
  }

  @Test
  void requireFit_boundWithoutEviction_warns() throws Exception {
    check("maxmemory:1000", "maxmemory_policy:noeviction");
    assertThat(warnings).singleElement().asString().contains("noeviction");
  }

  @Test
  void requireFit_noBoundOrVolatile_isSilent() throws Exception {
    check("maxmemory:0", "maxmemory_policy:noeviction");
    check("maxmemory:1000", "maxmemory_policy:volatile-lru");
    check("no such: lines", ":", "", "x");
    assertThat(warnings).isEmpty();
  }

  @Test
  void requireFit_replica_isRefused() {
    assertThatThrownBy(() -> check("role:slave", "master_host:10.0.0.1"))
        .hasMessageContainingAll("a replica", "Name its primary", "docs/errors.md#redis-unfit");
  }

  @Test
  void requireFit_replicaInACluster_isTaken() throws Exception {
    check("role:slave", "cluster_enabled:1");
    assertThat(warnings).isEmpty();
  }

  @Test
  void requireFit_noAppendOnlyFile_warns() throws Exception {
    check("role:master", "aof_enabled:1");
    assertThat(warnings).isEmpty();
    check("aof_enabled:0");
    assertThat(warnings).singleElement().asString().contains("appendonly yes");
  }

  @Test
  void isOfCluster_whatItSays_counts() {
    assertThat(new ServerReport("# Cluster\r\ncluster_enabled:1\r\n").isOfCluster()).isTrue();
    assertThat(new ServerReport("# Cluster\r\ncluster_enabled:0\r\n").isOfCluster()).isFalse();
    assertThat(new ServerReport("").isOfCluster()).isFalse();
  }
}
