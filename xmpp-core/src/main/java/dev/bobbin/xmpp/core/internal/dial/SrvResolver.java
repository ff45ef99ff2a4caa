package dev.bobbin.xmpp.core.internal.dial;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import java.net.IDN;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a domain's XMPP server is: its SRV records, those for STARTTLS (<a
 * href="https://www.rfc-editor.org/rfc/rfc6120#section-3.2.1">RFC 6120 section 3.2.1</a>) and those
 * for direct TLS (<a href="https://xmpp.org/extensions/xep-0368.html">XEP-0368</a>), ordered
 * together as RFC 2782 wants; or the domain itself at port 5222, by STARTTLS, where it has neither.
 * A target of "." says that the service is not there, and then the domain itself is not tried
 * either. For use by one thread.
 */
public final class SrvResolver {
  private static final Logger LOG = LoggerFactory.getLogger(SrvResolver.class);
  private static final int DEFAULT_PORT = 5222;
  private static final int MOST_RECORDS = 32;
  private static final Pattern RECORD =
      Pattern.compile(
          "(?:[0-9]{1,5} ){3}(?:\\.|[A-Za-z0-9_-]{1,63}(?:\\.[A-Za-z0-9_-]{1,63}){0,126}\\.?)");

  private final @Nullable InetSocketAddress nameServer;
  private final long timeoutMillis;
  private final Random random;
  private @Nullable String failure;

  /**
   * Makes a resolver.
   *
   * @param nameServer which name server to ask; null for the system's
   * @param timeoutMillis how long to wait for an answer; each of both is asked for twice, the
   *     second time with twice the patience
   * @param random weighs targets of equal priority
   */
  public SrvResolver(@Nullable InetSocketAddress nameServer, long timeoutMillis, Random random) {
    this.nameServer = nameServer;
    this.timeoutMillis = timeoutMillis;
    this.random = random;
  }

  private record Srv(int priority, int weight, Endpoint endpoint) {}

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
    String host = ascii(domain);
    List<Srv> records = new ArrayList<>(query("_xmpp-client._tcp." + host, false));
    records.addAll(query("_xmpps-client._tcp." + host, true));
    if (records.isEmpty()) {
      String plain = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
      return List.of(new Endpoint(plain, DEFAULT_PORT, false));
    }
    // The JDK takes an empty name for the local host: it must not be among those that are tried.
    List<Srv> targets = records.stream().filter(r -> !r.endpoint().host().isEmpty()).toList();
    if (targets.isEmpty()) {
      throw new ConnectionException(
          Reason.NAME_NOT_FOUND,
          "The DNS of '"
              + domain
              + "' says that it has no XMPP service (SRV target '.')"
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

  private static String ascii(String domain) {
    try {
      return domain.startsWith("[") ? domain : IDN.toASCII(domain);
    } catch (IllegalArgumentException e) {
      throw new ConnectionException(
          Reason.NAME_NOT_FOUND,
          "'"
              + domain
              + "' cannot be a name in DNS: "
              + e.getMessage()
              + " (docs/errors.md#no-service)",
          e);
    }
  }

  // JNDI wants a Hashtable. Its DNS provider gives records as text and deserialises nothing.
  @SuppressWarnings({"JdkObsolete", "BanJNDI"})
  private List<Srv> query(String name, boolean directTls) {
    if (name.endsWith("]")) {
      return List.of();
    }
    Hashtable<String, String> environment = new Hashtable<>();
    environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
    environment.put("com.sun.jndi.dns.timeout.initial", Long.toString(timeoutMillis));
    environment.put("com.sun.jndi.dns.timeout.retries", "2");
    if (nameServer != null) {
      String host = nameServer.getHostString();
      String server = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
      environment.put(Context.PROVIDER_URL, "dns://" + server + ":" + nameServer.getPort());
    }
    try {
      InitialDirContext dns = new InitialDirContext(environment);
      try {
        Attribute found = dns.getAttributes(name, new String[] {"SRV"}).get("SRV");
        return found == null ? List.of() : parse(found, directTls);
      } finally {
        dns.close();
      }
    } catch (NameNotFoundException e) {
      return List.of();
    } catch (NamingException e) {
      // No answer about SRV is no reason to give up: the domain itself may be reachable.
      failure = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      LOG.warn("The SRV records {} could not be looked up: {}", name, failure);
      return List.of();
    }
  }

  private static List<Srv> parse(Attribute found, boolean directTls) throws NamingException {
    List<Srv> records = new ArrayList<>();
    NamingEnumeration<?> values = found.getAll();
    while (values.hasMore() && records.size() < MOST_RECORDS) {
      String text = String.valueOf(values.next());
      // The JDK makes names of answers that were cut, with what happened to lie behind them.
      if (!RECORD.matcher(text).matches()) {
        continue;
      }
      String[] fields = text.split(" ", -1);
      String target =
          fields[3].endsWith(".") ? fields[3].substring(0, fields[3].length() - 1) : fields[3];
      records.add(
          new Srv(
              Integer.parseInt(fields[0]),
              Integer.parseInt(fields[1]),
              new Endpoint(target, Integer.parseInt(fields[2]), directTls)));
    }
    return records;
  }

  /** RFC 2782: lowest priority first; among equals chance decides, in proportion to the weights. */
  private List<Endpoint> ordered(List<Srv> records) {
    List<Srv> rest = new ArrayList<>(records);
    Collections.shuffle(rest, random);
    rest.sort(Comparator.comparingInt(Srv::priority));
    List<Endpoint> order = new ArrayList<>();
    while (!rest.isEmpty()) {
      int priority = rest.get(0).priority();
      List<Srv> equals = rest.stream().filter(r -> r.priority() == priority).toList();
      int sum = equals.stream().mapToInt(Srv::weight).sum();
      int drawn = sum == 0 ? 0 : random.nextInt(sum) + 1;
      Srv chosen = equals.get(0);
      int running = 0;
      for (Srv candidate : equals) {
        running += candidate.weight();
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
