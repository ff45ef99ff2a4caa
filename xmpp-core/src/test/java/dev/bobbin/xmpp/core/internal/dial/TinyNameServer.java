package dev.bobbin.xmpp.core.internal.dial;

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

/** Answers questions for SRV records, by UDP on the loopback interface (RFC 1035, RFC 2782). */
public final class TinyNameServer implements AutoCloseable {
  /** One record of an answer. */
  public record Srv(int priority, int weight, int port, String target) {}

  /** Makes the bytes of an answer to the bytes of a question; null to keep silent. */
  @FunctionalInterface
  public interface Behaviour {
    byte[] answer(byte[] question) throws IOException;
  }

  private final DatagramSocket socket;
  private final List<String> asked = new CopyOnWriteArrayList<>();

  public TinyNameServer(Behaviour behaviour) throws IOException {
    socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    Thread serving = new Thread(() -> serve(behaviour), "tiny name server");
    serving.setDaemon(true);
    serving.start();
  }

  /** Has these records for STARTTLS, and says that there are none for direct TLS. */
  public static TinyNameServer withRecords(Srv... records) throws IOException {
    return withRecords(List.of(records), List.of());
  }

  /** Has records for both. */
  public static TinyNameServer withRecords(List<Srv> startTls, List<Srv> directTls)
      throws IOException {
    return new TinyNameServer(
        question ->
            answer(
                question,
                0,
                (isForDirectTls(question) ? directTls : startTls).toArray(Srv[]::new)));
  }

  static boolean isForDirectTls(byte[] question) {
    return name(question).startsWith("_xmpps-client.");
  }

  private void serve(Behaviour behaviour) {
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
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

  public InetSocketAddress address() {
    return new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
  }

  /** Which names were asked for. */
  List<String> asked() {
    return asked;
  }

  private static String name(byte[] question) {
    StringBuilder name = new StringBuilder();
    for (int at = 12; question[at] != 0; at += question[at] + 1) {
      name.append(new String(question, at + 1, question[at], StandardCharsets.US_ASCII))
          .append('.');
    }
    return name.toString();
  }

  /** The header and the question come back; each record points to the question's name. */
  public static byte[] answer(byte[] question, int code, Srv... records) throws IOException {
    int end = 12;
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
    out.write(question, 12, end - 12);
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
    for (String label : name.split("\\.")) {
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
