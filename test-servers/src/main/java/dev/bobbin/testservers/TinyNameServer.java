package dev.bobbin.testservers;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A name server that answers questions for SRV records, by UDP on the loopback interface (<a
 * href="https://www.rfc-editor.org/rfc/rfc1035.html">RFC 1035</a>, <a
 * href="https://www.rfc-editor.org/rfc/rfc2782.html">RFC 2782</a>), whatever the domain.
 *
 * <p>Thread-safe. What this does not do: know addresses, TCP, or what a question is for otherwise.
 */
public final class TinyNameServer implements AutoCloseable {
  private static final int HEADER_BYTES = 12;
  private static final int MOST_BYTES = 1500;

  /**
   * A record of an answer.
   *
   * @param priority the least goes first
   * @param weight its share among those of one priority
   * @param port a TCP port
   * @param target a host name, or {@code .} for no service
   */
  public record Srv(int priority, int weight, int port, String target) {}

  /** Makes answers. */
  @FunctionalInterface
  public interface Behaviour {
    /**
     * Answers a question.
     *
     * @param question a DNS message
     * @return a DNS message or anything else; null to keep silent
     * @throws IOException to answer nothing any more
     */
    byte @Nullable [] answer(byte[] question) throws IOException;
  }

  private final DatagramSocket socket;
  private final List<String> asked = new CopyOnWriteArrayList<>();

  /**
   * Starts a server.
   *
   * @param behaviour makes its answers, on a thread of the server's
   * @throws IOException when there is no port for it
   */
  public TinyNameServer(Behaviour behaviour) throws IOException {
    socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    Thread serving = new Thread(() -> serve(behaviour), "tiny name server");
    serving.setDaemon(true);
    serving.start();
  }

  /**
   * Starts a server with records for STARTTLS, that says that there are none for direct TLS.
   *
   * @param records records of {@code _xmpp-client}
   * @return a server
   * @throws IOException when there is no port for it
   */
  public static TinyNameServer withRecords(Srv... records) throws IOException {
    return withRecords(List.of(records), List.of());
  }

  /**
   * Starts a server with records for both.
   *
   * @param startTls records of {@code _xmpp-client}
   * @param directTls records of {@code _xmpps-client}
   * @return a server
   * @throws IOException when there is no port for it
   */
  public static TinyNameServer withRecords(List<Srv> startTls, List<Srv> directTls)
      throws IOException {
    return new TinyNameServer(
        question -> {
          List<Srv> records = isForDirectTls(question) ? directTls : startTls;
          return answer(question, 0, records.toArray(Srv[]::new));
        });
  }

  /**
   * Whether a question is for direct TLS.
   *
   * @param question a DNS message
   * @return whether its name begins with {@code _xmpps-client}
   */
  public static boolean isForDirectTls(byte[] question) {
    return name(question).startsWith("_xmpps-client.");
  }

  private void serve(Behaviour behaviour) {
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(new byte[MOST_BYTES], MOST_BYTES);
        socket.receive(packet);
        byte[] question = Arrays.copyOf(packet.getData(), packet.getLength());
        asked.add(name(question));
        byte[] answer = behaviour.answer(question);
        if (answer != null) {
          socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  /**
   * Where it listens.
   *
   * @return an address of the loopback interface
   */
  public InetSocketAddress address() {
    return new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
  }

  /**
   * Which names were asked for.
   *
   * @return the names with a dot at their end, the earliest first; grows
   */
  public List<String> asked() {
    return asked;
  }

  private static String name(byte[] question) {
    StringBuilder name = new StringBuilder();
    for (int at = HEADER_BYTES; question[at] != 0; at += question[at] + 1) {
      name.append(new String(question, at + 1, question[at], StandardCharsets.US_ASCII))
          .append('.');
    }
    return name.toString();
  }

  /**
   * Makes an answer: the header and the question come back; each record points to the question's
   * name.
   *
   * @param question a DNS message
   * @param code the response code, 0 for success
   * @param records what it answers
   * @return a DNS message
   * @throws IOException never: nothing is read or written
   */
  public static byte[] answer(byte[] question, int code, Srv... records) throws IOException {
    int end = HEADER_BYTES;
    while (question[end] != 0) {
      end += question[end] + 1;
    }
    end += 5;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(question, 0, 2);
    out.writeShort(0x8180 | code);
    out.writeShort(1);
    out.writeShort(records.length);
    out.writeInt(0);
    out.write(question, HEADER_BYTES, end - HEADER_BYTES);
    for (Srv record : records) {
      byte[] target = encoded(record.target());
      out.writeShort(0xC00C);
      out.writeShort(33);
      out.writeShort(1);
      out.writeInt(60);
      out.writeShort(6 + target.length);
      out.writeShort(record.priority());
      out.writeShort(record.weight());
      out.writeShort(record.port());
      out.write(target);
    }
    return bytes.toByteArray();
  }

  private static byte[] encoded(String name) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String label : name.split("\\.", -1)) {
      if (!label.isEmpty()) {
        bytes.write(label.length());
        bytes.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
      }
    }
    bytes.write(0);
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    socket.close();
  }
}
