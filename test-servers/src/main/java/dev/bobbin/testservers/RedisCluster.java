package dev.bobbin.testservers;

import dev.bobbin.xmpp.api.XmppException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Three servers of Redis that share all keys among them, as a cluster; the last one may have a
 * replica. It takes two seconds to be ready, which is how long a node waits before it takes part.
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
    return start(false);
  }

  /**
   * Starts one whose last node has a replica. Blocks until each node serves, and the replica has
   * what its primary has.
   *
   * @return the cluster
   * @throws XmppException when it cannot be started
   */
  public static RedisCluster startWithReplica() {
    return start(true);
  }

  private static RedisCluster start(boolean withReplica) {
    List<RedisServer> nodes = new ArrayList<>();
    RedisCluster cluster = new RedisCluster(nodes);
    try {
      for (int i = 0; i < NODES; i++) {
        RedisServer node = cluster.add();
        String first = Integer.toString(SLOTS * i / NODES);
        String last = Integer.toString(SLOTS * (i + 1) / NODES - 1);
        node.command("CLUSTER", "ADDSLOTSRANGE", first, last);
      }
      if (withReplica) {
        cluster.add();
      }
      cluster.await(RedisCluster::isReady);
      if (withReplica) {
        String primary = nodes.get(NODES - 1).command("CLUSTER", "MYID");
        cluster.replica().command("CLUSTER", "REPLICATE", primary);
        cluster.await(RedisCluster::isLinked);
      }
      return cluster;
    } catch (RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
  }

  /** Adds a node, which meets all: hearing of each other by gossip takes them seconds. */
  private RedisServer add() {
    RedisServer node =
        RedisServer.start(
            "cluster-enabled yes",
            "cluster-config-file nodes.conf",
            // A replica is not to wait for others that might want the same.
            "repl-diskless-sync-delay 0");
    nodes.add(node);
    for (RedisServer other : nodes.subList(0, nodes.size() - 1)) {
      node.command("CLUSTER", "MEET", "127.0.0.1", Integer.toString(other.port()));
    }
    return node;
  }

  private void await(Predicate<RedisServer> isSo) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!nodes.stream().allMatch(isSo)) {
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

  /** And knows of the replica; a primary has no link, which is as good. */
  private static boolean isLinked(RedisServer node) {
    return node.command("CLUSTER", "NODES").contains("slave ")
        && !node.command("INFO", "replication").contains("master_link_status:down");
  }

  /**
   * Its primaries, as it was started.
   *
   * @return three servers, which belong to the cluster
   */
  public List<RedisServer> nodes() {
    return List.copyOf(nodes.subList(0, NODES));
  }

  /**
   * The replica of the last one.
   *
   * @return a server, which belongs to the cluster
   * @throws IndexOutOfBoundsException when it was started without
   */
  public RedisServer replica() {
    return nodes.get(NODES);
  }

  /** Ends all nodes and removes their folders. Idempotent. */
  @Override
  public void close() {
    nodes.forEach(RedisServer::close);
  }
}
