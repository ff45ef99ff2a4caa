package dev.bobbin.xmpp.core.internal.dial;

import dev.bobbin.xmpp.api.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A tunnel through an HTTP proxy (<a
 * href="https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6">RFC 9110 section 9.3.6</a>) on a
 * socket that can be closed at any time, which the JDK's own tunnel has not. The proxy's answer is
 * bounded in bytes and in time, however it drips. Of authentication there is Basic, where the JDK's
 * system property {@code jdk.http.auth.tunneling.disabledSchemes} allows it for tunnels.
 */
final class HttpTunnel {
  private static final int MOST_HEAD_BYTES = 8192;
  private static final Pattern STATUS =
      Pattern.compile("HTTP/1\\.[0-9] ([1-5][0-9]{2})(?: [^\r\n]*)?");
  private static final Pattern BASIC =
      Pattern.compile(
          "(?im)^proxy-authenticate:(?:.*,)?[ \t]*basic(?:[ \t]+realm=\"([^\"\r\n]*)\")?");
  private static final Pattern HOST = Pattern.compile("[\\x21-\\x7E]+");

  private final Socket socket;
  private final InetSocketAddress proxy;
  private final long end;
  private int budget = MOST_HEAD_BYTES;

  /** The proxy wants to know who asks, and somebody has told: to be tried anew with that. */
  static final class CredentialsWanted extends IOException {
    private static final long serialVersionUID = 1L;
    private final String authorization;

    CredentialsWanted(String authorization) {
      super("the proxy wants credentials");
      this.authorization = authorization;
    }

    /** The value of {@code Proxy-Authorization}. A secret. */
    String authorization() {
      return authorization;
    }
  }

  /**
   * @param socket not connected
   * @param timeoutMillis for all of it
   */
  HttpTunnel(Socket socket, InetSocketAddress proxy, int timeoutMillis) {
    this.socket = socket;
    this.proxy = proxy;
    this.end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
  }

  /**
   * Connects the socket to a host and port. Blocks.
   *
   * @param authority host and port
   * @param authorization the value of {@code Proxy-Authorization}; null for none
   * @throws IOException when there is no tunnel; the socket is then to be closed
   */
  void open(String authority, @Nullable String authorization) throws IOException {
    if (!HOST.matcher(authority).matches()) {
      throw new IOException("an HTTP proxy takes ASCII only; write the host as xn--...");
    }
    socket.connect(resolved(), remainingMillis());
    String request =
        "CONNECT "
            + authority
            + " HTTP/1.1\r\nHost: "
            + authority
            + (authorization == null ? "" : "\r\nProxy-Authorization: " + authorization)
            + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    String head = head();
    while (status(head) / 100 == 1) {
      head = head();
    }
    int status = status(head);
    if (status == 407) {
      throw authorization == null
          ? unauthorized(head)
          : new IOException(
              refusal(head).getMessage() + " to what java.net.Authenticator says of who asks");
    }
    if (status / 100 != 2) {
      throw refusal(head);
    }
    socket.setSoTimeout(0);
  }

  private InetSocketAddress resolved() {
    return proxy.isUnresolved()
        ? new InetSocketAddress(proxy.getHostString(), proxy.getPort())
        : proxy;
  }

  private int remainingMillis() throws SocketTimeoutException {
    long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    if (millis <= 0) {
      throw new SocketTimeoutException("the proxy took too long to answer");
    }
    return (int) millis;
  }

  /** Status line and header fields, and no byte more: what follows is the server's. */
  private String head() throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
      if (budget-- == 0) {
        throw new IOException("the proxy's answer has more than " + MOST_HEAD_BYTES + " bytes");
      }
      socket.setSoTimeout(remainingMillis());
      int next = in.read();
      if (next < 0) {
        throw new IOException("the proxy closed the connection");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static int status(String head) throws IOException {
    Matcher status = STATUS.matcher(head.substring(0, head.indexOf("\r\n")));
    if (!status.matches()) {
      throw new IOException("what the proxy answers is no HTTP: " + Quoted.of(head));
    }
    return Integer.parseInt(status.group(1));
  }

  private static IOException refusal(String head) {
    return new IOException(
        "the proxy answers " + Quoted.of(head.substring("HTTP/1.1 ".length(), head.indexOf("\r"))));
  }

  private IOException unauthorized(String head) {
    Matcher basic = BASIC.matcher(head);
    if (!basic.find()) {
      return new IOException(
          refusal(head).getMessage() + ", and has no authentication that is known here (Basic)");
    }
    String disabled = System.getProperty("jdk.http.auth.tunneling.disabledSchemes", "Basic").trim();
    if (Arrays.stream(disabled.split("[ ,]+", -1)).anyMatch("Basic"::equalsIgnoreCase)) {
      return new IOException(
          refusal(head).getMessage()
              + ", and the system property jdk.http.auth.tunneling.disabledSchemes forbids Basic,"
              + " which sends a password in the clear");
    }
    PasswordAuthentication told =
        Authenticator.requestPasswordAuthentication(
            proxy.getHostString(),
            proxy.getAddress(),
            proxy.getPort(),
            "http",
            basic.group(1) == null ? "" : Quoted.of(basic.group(1)),
            "basic",
            null,
            Authenticator.RequestorType.PROXY);
    if (told == null) {
      return new IOException(
          refusal(head).getMessage() + ", and no java.net.Authenticator says who asks");
    }
    String pair = told.getUserName() + ":" + new String(told.getPassword());
    return new CredentialsWanted(
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
  }
}
