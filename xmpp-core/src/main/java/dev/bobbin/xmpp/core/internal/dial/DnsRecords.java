package dev.bobbin.xmpp.core.internal.dial;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.regex.Pattern;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;
import org.jspecify.annotations.Nullable;

/** SRV records by JNDI, the one DNS client that the JDK has. Safe for use by several threads. */
final class DnsRecords implements SrvRecords {
  private static final int MOST_RECORDS = 32;
  private static final Pattern RECORD =
      Pattern.compile(
          "(?:[0-9]{1,5} ){3}(?:\\.|[A-Za-z0-9_-]{1,63}(?:\\.[A-Za-z0-9_-]{1,63}){0,126}\\.?)");

  private final @Nullable InetSocketAddress nameServer;
  private final long timeoutMillis;

  /**
   * @param nameServer which name server to ask; null for the system's, of which there may be many
   * @param timeoutMillis how long to wait for each; all are asked twice, the second time with twice
   *     the patience
   */
  DnsRecords(@Nullable InetSocketAddress nameServer, long timeoutMillis) {
    this.nameServer = nameServer;
    this.timeoutMillis = timeoutMillis;
  }

  // JNDI wants a Hashtable. Its DNS provider gives records as text and deserialises nothing.
  @SuppressWarnings({"JdkObsolete", "BanJNDI"})
  @Override
  public List<Srv> of(String name) throws NamingException {
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
        return found == null ? List.of() : parse(found);
      } finally {
        dns.close();
      }
    } catch (NameNotFoundException e) {
      return List.of();
    }
  }

  private static List<Srv> parse(Attribute found) throws NamingException {
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
              Integer.parseInt(fields[2]),
              target));
    }
    return records;
  }
}
