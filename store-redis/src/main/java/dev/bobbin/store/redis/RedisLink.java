package dev.bobbin.store.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisAdvancedClusterAsyncCommands;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The connection of a store to Redis, shared by all that use the store: commands of all threads go
 * over it one behind the other, and nobody waits for a turn. To a cluster it is one for each node.
 *
 * <p>When it breaks, it is made again, at first after 50 ms, then after random times up to 5 s, for
 * as long as the store is open. Meanwhile each command fails at once, and so do those that were
 * under way: nothing is queued for later and nothing is sent again, so that a command is done at
 * most once. {@link AnswerGuard} breaks it where an answer is late: what this machine still holds
 * of a command whose caller was told that it has failed is never sent. What has left it may be done
 * as soon as it reaches a server that goes on.
 *
 * <p>It has threads of its own, six at the most, which end with it.
 */
final class RedisLink implements AutoCloseable {
  private static final Duration SLACK = Duration.ofSeconds(1);
  private static final long SHUTDOWN_SECONDS = 2;

  private final RedisSettings settings;
  private final Consumer<String> warn;
  private final ClientResources resources;
  private final RenewalPace pace = new RenewalPace();
  private @Nullable AbstractRedisClient client;
  private @Nullable StatefulConnection<byte[], byte[]> connection;
  private @Nullable RedisClusterAsyncCommands<byte[], byte[]> commands;

  private RedisLink(RedisSettings settings, LinkOptions options, Consumer<String> warn) {
    this.settings = settings;
    this.warn = warn;
    resources = options.resources(warn);
  }

  /**
   * Connects, finds out whether it is a cluster, and looks whether each server is fit to be used.
   * Leaves nothing open when it fails.
   */
  static RedisLink open(RedisSettings settings, Consumer<String> warn) throws IOException {
    LinkOptions options = LinkOptions.of(settings);
    RedisLink link = new RedisLink(settings, options, warn);
    try {
      link.connect(options);
      return link;
    } catch (IOException | RuntimeException | Error e) {
      try {
        link.close();
      } catch (IOException notClosed) {
        e.addSuppressed(notClosed);
      }
      throw e;
    }
  }

  private void connect(LinkOptions options) throws IOException {
    List<RedisURI> uris = settings.servers().stream().map(options::uri).toList();
    RedisClient single = RedisClient.create(resources);
    client = single;
    single.setOptions(options.of(ClientOptions.builder()).build());
    StatefulRedisConnection<byte[], byte[]> first = first(single, uris);
    connection = first;
    ServerReport report = new ServerReport(await(first.async().info()));
    if (report.isOfCluster()) {
      disconnect();
      connectToCluster(uris, options);
    } else if (uris.size() > 1) {
      throw Problems.unfit(
          settings.servers().toString(),
          "the first that answers is no cluster, and several servers that are none do not share"
              + " what they have. Name one in 'uri'");
    } else {
      report.requireFit(settings.servers().toString(), warn);
      commands = first.async();
    }
  }

  private void connectToCluster(List<RedisURI> uris, LinkOptions options) throws IOException {
    RedisClusterClient cluster = RedisClusterClient.create(resources, uris);
    client = cluster;
    cluster.setOptions(options.ofCluster(ClusterClientOptions.builder()).build());
    await(cluster.refreshPartitionsAsync());
    StatefulRedisClusterConnection<byte[], byte[]> nodes =
        await(cluster.connectAsync(ByteArrayCodec.INSTANCE));
    connection = nodes;
    RedisAdvancedClusterAsyncCommands<byte[], byte[]> all = nodes.async();
    requireFit(all.upstream().commands().info().asMap());
    commands = all;
  }

  /**
   * Looks at each that answers: some may be away, and the rest still serve what they have. One that
   * answers with an error is not away, but wants something to be mended.
   */
  private void requireFit(Map<RedisClusterNode, ? extends CompletionStage<String>> infos)
      throws IOException {
    Set<String> warnings = new LinkedHashSet<>();
    List<IOException> away = new ArrayList<>();
    for (Map.Entry<RedisClusterNode, ? extends CompletionStage<String>> each : infos.entrySet()) {
      Optional<String> answer = Optional.empty();
      try {
        answer = Optional.of(await(each.getValue(), away));
      } catch (IOException e) {
        if (!away.contains(e)) {
          throw e;
        }
        RedisURI node = each.getKey().getUri();
        warnings.add(
            "The node "
                + node.getHost()
                + ':'
                + node.getPort()
                + " of the cluster is away, and so is what it has: "
                + e.getMessage());
      }
      if (answer.isPresent()) {
        new ServerReport(answer.get()).requireFit(settings.servers().toString(), warnings::add);
      }
    }
    if (away.size() == infos.size()) {
      throw first(away);
    }
    warnings.forEach(warn);
  }

  private static IOException first(List<IOException> problems) {
    IOException first = problems.get(0);
    problems.stream().skip(1).forEach(first::addSuppressed);
    return first;
  }

  /** Of several servers, the first that answers. */
  private StatefulRedisConnection<byte[], byte[]> first(RedisClient single, List<RedisURI> uris)
      throws IOException {
    List<IOException> problems = new ArrayList<>();
    long deadline = System.nanoTime() + longestOpening().toNanos();
    for (RedisURI uri : uris) {
      if (System.nanoTime() - deadline > 0) {
        break;
      }
      try {
        return await(single.connectAsync(ByteArrayCodec.INSTANCE, uri));
      } catch (IOException e) {
        problems.add(e);
      }
    }
    throw first(problems);
  }

  /** Also for all servers of a list together: the rest are not tried after that. */
  private Duration longestOpening() {
    return settings.connectTimeout().multipliedBy(2).plus(settings.commandTimeout()).plus(SLACK);
  }

  private <T> T await(CompletionStage<T> stage) throws IOException {
    return await(stage, new ArrayList<>());
  }

  /** Adds to those that are away what it throws where nothing has answered. */
  private <T> T await(CompletionStage<T> stage, List<IOException> away) throws IOException {
    return Waiting.result(
        stage,
        longestOpening(),
        "open a store",
        failure -> {
          IOException problem = Problems.notConnected(settings.servers(), failure);
          if (!Problems.isAnswer(failure)) {
            away.add(problem);
          }
          return problem;
        });
  }

  /** What can be asked; the same on one server and on a cluster. */
  RedisClusterAsyncCommands<byte[], byte[]> commands() {
    if (commands == null) {
      throw new IllegalStateException("not connected");
    }
    return commands;
  }

  /**
   * Ends the connection to a single server, which is then made again as any other that breaks: its
   * name may lead to another one by now. Not more often than {@link RenewalPace} has it. A cluster
   * says itself where to go.
   */
  void renew() {
    if (connection instanceof StatefulRedisConnection<byte[], byte[]> single
        && pace.isDue(System.nanoTime())) {
      RedisFuture<String> unused = single.async().quit();
    }
  }

  boolean isOfCluster() {
    return client instanceof RedisClusterClient;
  }

  /** Completes after a while, or fails where this is closed before. */
  CompletionStage<Boolean> after(Duration pause) {
    CompletableFuture<Boolean> passed = new CompletableFuture<>();
    Future<Boolean> pausing =
        resources.eventExecutorGroup().schedule(() -> true, pause.toNanos(), TimeUnit.NANOSECONDS);
    pausing.addListener(
        end -> {
          if (end.isSuccess()) {
            passed.complete(true);
          } else {
            passed.completeExceptionally(new CancellationException());
          }
        });
    return passed;
  }

  /** Which processes have which keys now; of a cluster, its nodes are looked for anew. */
  CompletionStage<KeyPlaces> places() {
    if (client instanceof RedisClusterClient cluster
        && connection instanceof StatefulRedisClusterConnection<byte[], byte[]> nodes) {
      return cluster.refreshPartitionsAsync().thenCompose(refreshed -> places(nodes));
    }
    return commands().info("server").thenApply(KeyPlaces::ofServer);
  }

  private static CompletionStage<KeyPlaces> places(
      StatefulRedisClusterConnection<byte[], byte[]> nodes) {
    List<CompletableFuture<String>> infos = new ArrayList<>();
    List<CompletableFuture<String>> views = new ArrayList<>();
    for (RedisClusterNode each : nodes.getPartitions()) {
      if (each.is(RedisClusterNode.NodeFlag.UPSTREAM)) {
        CompletableFuture<StatefulRedisConnection<byte[], byte[]>> node =
            nodes.getConnectionAsync(each.getUri().getHost(), each.getUri().getPort());
        infos.add(node.thenCompose(known -> known.async().info("server")));
        views.add(node.thenCompose(known -> known.async().clusterNodes()));
      }
    }
    return all(infos).thenCombine(all(views), KeyPlaces::ofCluster);
  }

  private static <T> CompletableFuture<List<T>> all(List<CompletableFuture<T>> parts) {
    return CompletableFuture.allOf(parts.toArray(CompletableFuture<?>[]::new))
        .thenApply(done -> parts.stream().map(CompletableFuture::join).toList());
  }

  /** Ends the connection and its threads, within some seconds. */
  @Override
  public void close() throws IOException {
    try {
      disconnect();
    } finally {
      CompletableFuture<Boolean> ended = new CompletableFuture<>();
      Future<Boolean> shutdown = resources.shutdown(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS);
      shutdown.addListener(done -> ended.complete(done.isSuccess()));
      end(ended);
    }
  }

  private void disconnect() throws IOException {
    try {
      if (connection != null) {
        // The client closes its parts twice, and warns of that, unless they are closed before.
        end(connection.closeAsync());
      }
    } finally {
      if (client != null) {
        end(client.shutdownAsync(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS));
      }
    }
  }

  private static void end(CompletionStage<?> closing) throws IOException {
    Waiting.result(
        closing.thenApply(done -> true),
        Duration.ofSeconds(SHUTDOWN_SECONDS).plus(SLACK),
        "close a connection",
        failure ->
            new IOException(
                "The connection to Redis has not ended in time; what was put is safe"
                    + " (docs/errors.md#redis-away)"));
  }
}
