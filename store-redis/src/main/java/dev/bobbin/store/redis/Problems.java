package dev.bobbin.store.redis;

import dev.bobbin.xmpp.api.Quoted;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What is said when Redis does not do what was asked.
 *
 * <p>What the server answers may hold a password or an item, as {@link ServerErrors} says: so no
 * exception of Lettuce becomes a cause; one of Java or Netty does.
 */
final class Problems {
  private static final int DEEPEST = 20;

  private Problems() {}

  /** A command was not done, or nobody knows whether it was. */
  static IOException notDone(String what, String place, Throwable failure) {
    Throwable root = root(failure);
    if (root instanceof Error error) {
      throw error; // No heap, say, which is not about Redis.
    }
    if (root instanceof RedisCommandExecutionException answer) {
      return ServerErrors.notDone(what, place, answer);
    }
    return new IOException(
        "Could not "
            + what
            + " in "
            + place
            + ": "
            + reason(root)
            + ". Once Redis is back, the connection comes back by itself; what was under way may"
            + " have been done or not (docs/errors.md#redis-away)",
        cause(root));
  }

  /** No connection could be made. */
  static IOException notConnected(List<ServerAddress> servers, Throwable failure) {
    Throwable root = root(failure);
    if (root instanceof RedisCommandExecutionException answer) {
      return ServerErrors.notDone("open a store", servers.toString(), answer);
    }
    if (root instanceof SSLException) {
      return new IOException(
          "No TLS with Redis at "
              + servers
              + ": "
              + reason(root)
              + ". Set 'uri' to redis:// if that port speaks no TLS; check that its certificate names"
              + " that host,"
              + " that 'trust' holds its authority, and that 'certificate' is one that it asks for,"
              + " if it does (docs/errors.md#redis-tls)",
          cause(root));
    }
    return new IOException(
        "Cannot reach Redis at "
            + servers
            + ": "
            + reason(root)
            + ". Start it, or set 'uri' to where it is"
            + (isTimeOut(root) && servers.stream().anyMatch(ServerAddress::tls)
                ? ", with redis:// if that port speaks no TLS"
                : "")
            + " (docs/errors.md#redis-unreachable)",
        cause(root));
  }

  static IOException unfit(String place, String what) {
    return new IOException(
        "Redis at "
            + place
            + " cannot keep bits of binary: "
            + what
            + " (docs/errors.md#redis-unfit)");
  }

  static IOException unreadable(String setting, Path file, Exception cause) {
    return new IOException(
        "Cannot read "
            + Quoted.cut(file.toString(), 300)
            + ", which the setting '"
            + setting
            + "' of redis names: "
            + reason(cause)
            + ". Mend the file, or name another (docs/errors.md#redis-file)",
        cause);
  }

  static IOException interrupted(String what) {
    return new InterruptedIOException(
        "The thread was interrupted while it waited for Redis to "
            + what
            + ", which may have been done or not (docs/errors.md#store-interrupted)");
  }

  static IOException tooMany(String what, String place) {
    return new IOException(
        "Could not "
            + what
            + " in "
            + place
            + ": 2048 calls wait for their answers already, or those that put 32 MiB, which is the"
            + " most. Let some of them end first"
            + " (docs/errors.md#redis-busy)");
  }

  static IOException unsettled(String place) {
    return new IOException(
        "Could not list the keys in "
            + place
            + ": meanwhile slots of the cluster were moving, or Redis began anew, so that some may"
            + " be missing. List again once that is over (docs/errors.md#redis-unsettled)");
  }

  static IOException endless(String place, Duration bound) {
    return new IOException(
        "Listing the keys in "
            + place
            + " took more than "
            + bound.toMinutes()
            + " minutes and was given up. Give the application a database of its own"
            + " (docs/errors.md#redis-away)");
  }

  static IllegalStateException closed(String place) {
    return new IllegalStateException(
        "The store in " + place + " is closed; open another one (docs/errors.md#store-closed)");
  }

  /** Whether Lettuce refused since it had no connection; it has no type for that. */
  static boolean isNotSent(Throwable failure) {
    Throwable root = root(failure);
    return root.getClass() == RedisException.class
        && String.valueOf(root.getMessage()).startsWith("Currently not connected");
  }

  /** Whether it is an error that Redis has answered with. */
  static boolean isAnswer(Throwable failure) {
    return root(failure) instanceof RedisCommandExecutionException;
  }

  /** Whether a primary has become a replica. */
  static boolean isReadOnly(Throwable failure) {
    Throwable root = root(failure);
    return root instanceof RedisCommandExecutionException answer
        && ServerErrors.code(answer).equals("READONLY");
  }

  /** What began it: what the server said, or TLS did, if either did, otherwise the innermost. */
  private static Throwable root(Throwable failure) {
    List<Throwable> chain =
        Stream.iterate(failure, each -> each != null, Throwable::getCause).limit(DEEPEST).toList();
    for (Class<?> telling : List.of(RedisCommandExecutionException.class, SSLException.class)) {
      for (Throwable each : chain) {
        if (telling.isInstance(each)) {
          return each;
        }
      }
    }
    return chain.get(chain.size() - 1);
  }

  private static String reason(Throwable root) {
    if (isTimeOut(root)) {
      return "it did not answer in time";
    }
    if (root instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (root instanceof AccessDeniedException) {
      return "its permissions, or those of a directory on the way, do not let us";
    }
    if (root instanceof CancellationException) {
      return "it was cut off";
    }
    String text = root.getMessage();
    return text == null
        ? root.getClass().getSimpleName()
        : Quoted.of(text.endsWith(".") ? text.substring(0, text.length() - 1) : text);
  }

  private static boolean isTimeOut(Throwable root) {
    return root instanceof TimeoutException
        || root instanceof RedisCommandTimeoutException
        || root instanceof SocketTimeoutException;
  }

  private static @Nullable Throwable cause(Throwable root) {
    boolean ours =
        root.getClass().getName().startsWith("io.lettuce.")
            || root instanceof ExecutionException
            || root instanceof CompletionException;
    return ours ? null : root;
  }
}
