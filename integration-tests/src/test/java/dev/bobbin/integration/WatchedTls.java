package dev.bobbin.integration;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.Socket;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * Another TLS context that remembers which sockets it has put TLS on, weakly: a connection that is
 * held by anything holds its own.
 */
final class WatchedTls {
  private final List<WeakReference<Socket>> sockets = new CopyOnWriteArrayList<>();
  private final SSLContext context;

  WatchedTls(SSLContext behind) {
    context = new SSLContext(new Spi(behind), behind.getProvider(), behind.getProtocol()) {};
  }

  SSLContext context() {
    return context;
  }

  /** How many there were. */
  int all() {
    return sockets.size();
  }

  /** How many of them something still holds. */
  long held() {
    return sockets.stream().filter(socket -> !socket.refersTo(null)).count();
  }

  private final class Factory extends SSLSocketFactory {
    private final SSLSocketFactory behind;

    Factory(SSLSocketFactory behind) {
      this.behind = behind;
    }

    private Socket watched(Socket socket) {
      sockets.add(new WeakReference<>(socket));
      return socket;
    }

    @Override
    public Socket createSocket(Socket below, String host, int port, boolean autoClose)
        throws IOException {
      return watched(behind.createSocket(below, host, port, autoClose));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      return watched(behind.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
        throws IOException {
      return watched(behind.createSocket(host, port, local, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      return watched(behind.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
        throws IOException {
      return watched(behind.createSocket(host, port, local, localPort));
    }

    @Override
    public String[] getDefaultCipherSuites() {
      return behind.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return behind.getSupportedCipherSuites();
    }
  }

  private final class Spi extends SSLContextSpi {
    private final SSLContext behind;

    Spi(SSLContext behind) {
      this.behind = behind;
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
      return new Factory(behind.getSocketFactory());
    }

    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
        throws KeyManagementException {
      throw new KeyManagementException("this one is ready");
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
      return behind.getServerSocketFactory();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
      return behind.createSSLEngine();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
      return behind.createSSLEngine(host, port);
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
      return behind.getServerSessionContext();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
      return behind.getClientSessionContext();
    }
  }
}
