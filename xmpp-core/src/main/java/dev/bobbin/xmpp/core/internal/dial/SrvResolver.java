package dev.bobbin.xmpp.core.internal.dial;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.Quoted;
import dev.bobbin.xmpp.core.internal.dial.SrvRecords.Srv;
import java.io.Closeable;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a domain's XMPP server is: its SRV records, those for STARTTLS (<a
 * href="https://www.rfc-editor.org/rfc/rfc6120#section-3.2.1">RFC 6120 section 3.2.1</a>) and those
 * for direct TLS (<a href="https://xmpp.org/extensions/xep-0368.html">XEP-0368</a>), ordered
 * together as RFC 2782 wants; or the domain itself at port 5222, by STARTTLS, where it has neither.
 * A target of "." says that the service is not there, and then the domain itself is not tried
 * either.
 *
 * <p>Both are asked for at the same time, each on a thread of its own, since the JDK's DNS client
 * cannot be stopped, and its time grows with the number of name servers that are silent. What has
 * no answer when the time is over counts as failed. For use by one thread.
 */
public final class SrvResolver {
  private static final Logger LOG = LoggerFactory.getLogger(SrvResolver.class);
  private static final int DEFAULT_PORT = 5222;

  /** Being asked twice, the second time with twice the patience, one server may be silent. */
  private static final int PATIENCE_SHARE = 5;

  private final Executor threads;
  private final SrvRecords dns;
  private final Duration limit;
  private final Random random;
  private final Consumer<Closeable> lookUps;
  private @Nullable String failure;

  /**
   * Makes a resolver.
   *
   * @param threads starts each task on a thread of its own
   * @param nameServer which name server to ask; null for the system's
   * @param limit how long to wait for answers
   * @param random weighs targets of equal priority
   * @param lookUps is given what ends a look-up, which then counts as failed, when another thread
   *     closes it; what this throws ends the resolving
   */
  public SrvResolver(
      Executor threads,
      @Nullable InetSocketAddress nameServer,
      Duration limit,
      Random random,
      Consumer<Closeable> lookUps) {
    this(
        threads,
        new DnsRecords(nameServer, Math.max(1, limit.toMillis() / PATIENCE_SHARE)),
        limit,
        random,
        lookUps);
  }

  SrvResolver(
      Executor threads,
      SrvRecords dns,
      Duration limit,
      Random random,
      Consumer<Closeable> lookUps) {
    this.threads = threads;
    this.dns = dns;
    this.limit = limit;
    this.random = random;
    this.lookUps = lookUps;
  }

  private record Question(String name, CompletableFuture<List<Srv>> answer) {}

  private record Target(Srv record, boolean directTls) {
    Endpoint endpoint() {
      return new Endpoint(record.target(), record.port(), directTls);
    }
  }

  /**
   * Looks a domain up. Blocks.
   *
   * @param domain the domain of a JID
   * @return the targets in the order in which to try them, at least one
   * @throws ConnectionException when the domain says that it has no XMPP service, or cannot be a
   *     name in DNS
   */
  public List<Endpoint> resolve(String domain) {
    failure = null;
    if (domain.startsWith("[")) {
      return List.of(new Endpoint(domain.substring(1, domain.length() - 1), DEFAULT_PORT, false));
    }
    String host = DomainName.ascii(domain);
    long end = System.nanoTime() + limit.toNanos();
    Question startTls = ask("_xmpp-client._tcp." + host);
    Question directTls = ask("_xmpps-client._tcp." + host);
    List<Target> records = new ArrayList<>();
    answer(startTls, end).forEach(record -> records.add(new Target(record, false)));
    answer(directTls, end).forEach(record -> records.add(new Target(record, true)));
    if (records.isEmpty()) {
      return List.of(new Endpoint(host, DEFAULT_PORT, false));
    }
    // The JDK takes an empty name for the local host: it must not be among those that are tried.
    List<Target> targets = records.stream().filter(t -> !t.record().target().isEmpty()).toList();
    if (targets.isEmpty()) {
      throw new ConnectionException(
          Reason.NAME_NOT_FOUND,
          "The DNS of '"
              + Quoted.of(domain)
              + "' says that it has no XMPP service (SRV target '.')"
              + (failure == null ? "" : "; but half was not answered: " + Quoted.of(failure))
              + " (docs/errors.md#no-service)",
          null);
    }
    return ordered(targets);
  }

  /**
   * Why the name server gave no answer, which is not the same as having no records.
   *
   * @return what went wrong with one of both at least; empty when nothing did
   */
  public Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  private Question ask(String name) {
    CompletableFuture<List<Srv>> answer = new CompletableFuture<>();
    lookUps.accept(() -> answer.completeExceptionally(new SocketException("given up")));
    threads.execute(
        () -> {
          try {
            answer.complete(dns.of(name));
          } catch (NamingException | RuntimeException e) {
            answer.completeExceptionally(e);
          }
        });
    return new Question(name, answer);
  }

  /** No answer about SRV is no reason to give up: the domain itself may be reachable. */
  private List<Srv> answer(Question question, long end) {
    String why;
    try {
      return question.answer().get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    } catch (TimeoutException e) {
      why = "no answer within " + limit.toMillis() + " ms";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectionException(
          Reason.NOT_CONNECTED, "Interrupted while looking up " + question.name(), e);
    }
    failure = why;
    LOG.warn("The SRV records {} could not be looked up: {}", question.name(), Quoted.of(why));
    return List.of();
  }

  /** RFC 2782: lowest priority first; among equals chance decides, in proportion to the weights. */
  private List<Endpoint> ordered(List<Target> targets) {
    List<Target> rest = new ArrayList<>(targets);
    Collections.shuffle(rest, random);
    rest.sort(Comparator.comparingInt(target -> target.record().priority()));
    List<Endpoint> order = new ArrayList<>();
    while (!rest.isEmpty()) {
      int priority = rest.get(0).record().priority();
      List<Target> equals = rest.stream().filter(t -> t.record().priority() == priority).toList();
      int sum = equals.stream().mapToInt(target -> target.record().weight()).sum();
      int drawn = sum == 0 ? 0 : random.nextInt(sum) + 1;
      Target chosen = equals.get(0);
      int running = 0;
      for (Target candidate : equals) {
        running += candidate.record().weight();
        if (running >= drawn) {
          chosen = candidate;
          break;
        }
      }
      order.add(chosen.endpoint());
      rest.remove(chosen);
    }
    return order;
  }
}
