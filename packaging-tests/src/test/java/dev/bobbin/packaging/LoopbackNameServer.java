package dev.bobbin.packaging;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/** Answers each question with one SRV record: a port of this machine (RFC 2782). */
final class LoopbackNameServer implements AutoCloseable {
  private static final int HEADER = 12;
  private static final byte[] TARGET = "\u0009localhost\u0000".getBytes(US_ASCII);

  private final DatagramSocket socket;
  private final int answered;

  LoopbackNameServer(int answered) throws IOException {
    this.answered = answered;
    socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    Thread serving = new Thread(this::serve, "name server");
    serving.setDaemon(true);
    serving.start();
  }

  int port() {
    return socket.getLocalPort();
  }

  private void serve() {
    byte[] question = new byte[1500];
    try {
      while (!socket.isClosed()) {
        DatagramPacket packet = new DatagramPacket(question, question.length);
        socket.receive(packet);
        byte[] answer = answer(question);
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  /** Identifier and question come back; the record's name is a pointer to the question's. */
  private byte[] answer(byte[] question) {
    int end = HEADER;
    while (question[end] != 0) {
      end += question[end] + 1;
    }
    end += 5;
    ByteBuffer answer = ByteBuffer.allocate(end + 18 + TARGET.length);
    answer.put(question, 0, 2).putShort((short) 0x8180).putShort((short) 1).putShort((short) 1);
    answer.putInt(0).put(question, HEADER, end - HEADER);
    answer.putShort((short) (0xC000 | HEADER)).putShort((short) 33).putShort((short) 1).putInt(60);
    answer.putShort((short) (6 + TARGET.length)).putInt(0).putShort((short) answered).put(TARGET);
    return answer.array();
  }

  @Override
  public void close() {
    socket.close();
  }
}
