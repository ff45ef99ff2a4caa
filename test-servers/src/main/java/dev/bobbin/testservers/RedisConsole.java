package dev.bobbin.testservers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bobbin.xmpp.api.XmppException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/** Says a few commands to Redis, without the library that is under test. For one thread. */
final class RedisConsole implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int MOST_BYTES = 1024 * 1024;

  private final Socket socket;
  private final InputStream in;

  private RedisConsole(Socket socket, InputStream in) {
    this.socket = socket;
    this.in = in;
  }

  static RedisConsole open(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return new RedisConsole(socket, new BufferedInputStream(socket.getInputStream()));
  }

  /** Gives the first line of an answer, or the text that it announces. */
  String command(String... words) throws IOException {
    StringBuilder command = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      command.append('$').append(word.getBytes(UTF_8).length).append("\r\n");
      command.append(word).append("\r\n");
    }
    OutputStream out = socket.getOutputStream();
    out.write(command.toString().getBytes(UTF_8));
    out.flush();
    String line = line();
    String rest = line.substring(1);
    return switch (line.charAt(0)) {
      case '-' -> throw new XmppException("Redis answers " + rest, null);
      case '$' -> rest.equals("-1") ? "" : text(Integer.parseInt(rest));
      default -> rest;
    };
  }

  private String text(int length) throws IOException {
    if (length > MOST_BYTES) {
      throw new IOException("an answer of " + length + " bytes");
    }
    return new String(in.readNBytes(length), UTF_8);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < MOST_BYTES; i++) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException("Redis has closed the connection");
      }
      if (b == '\n') {
        return line.toString().strip();
      }
      line.append((char) b);
    }
    throw new IOException("a line of more than " + MOST_BYTES + " bytes");
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
