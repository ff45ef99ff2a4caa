package dev.bobbin.testservers;

import dev.bobbin.xmpp.api.XmppException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Three servers of Redis that share all keys among them, as a cluster without replicas. It takes
 * two seconds to be ready, which is how long a node waits before it takes part.
 *
 * <p>For one thread.
 */
public final class RedisCluster implements AutoCloseable {
  private static final int NODES = 3;
  private static final int SLOTS = 16_384;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long POLL_MILLIS = 20;

  private final List<RedisServer> nodes;

  private RedisCluster(List<RedisServer> nodes) {
    this.nodes = nodes;
  }

  /**
   * Starts one. Blocks until each node serves.
   *
   * @return the cluster
   * @throws XmppException when it cannot be started
   */
  public static RedisCluster start() {
    List<RedisServer> nodes = new ArrayList<>();
    RedisCluster cluster = new RedisCluster(nodes);
    try {
      for (int i = 0; i < NODES; i++) {
        nodes.add(RedisServer.start("cluster-enabled yes", "cluster-config-file nodes.conf"));
        String first = Integer.toString(SLOTS * i / NODES);
        String last = Integer.toString(SLOTS * (i + 1) / NODES - 1);
        nodes.get(i).command("CLUSTER", "ADDSLOTSRANGE", first, last);
        String port = Integer.toString(nodes.get(0).port());
        if (i > 0) {
          nodes.get(i).command("CLUSTER", "MEET", "127.0.0.1", port);
        }
      }
      cluster.awaitReady();
      return cluster;
    } catch (RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
  }

  private void awaitReady() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!nodes.stream().allMatch(RedisCluster::isReady)) {
        if (System.nanoTime() - deadline > 0) {
          throw new XmppException(
              "The cluster was not ready after "
                  + PATIENCE.toSeconds()
                  + " s: "
                  + nodes.get(0).command("CLUSTER", "INFO"),
              null);
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new XmppException("Interrupted while a cluster of Redis started", e);
    }
  }

  private static boolean isReady(RedisServer node) {
    String info = node.command("CLUSTER", "INFO");
    return info.contains("cluster_state:ok") && info.contains("cluster_slots_ok:" + SLOTS);
  }

  /**
   * Its nodes.
   *
   * @return three servers, which belong to the cluster
   */
  public List<RedisServer> nodes() {
    return List.copyOf(nodes);
  }

  /** Ends all nodes and removes their folders. Idempotent. */
  @Override
  public void close() {
    nodes.forEach(RedisServer::close);
  }
}
