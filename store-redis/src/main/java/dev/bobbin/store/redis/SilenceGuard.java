package dev.bobbin.store.redis;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Ends a connection that is written to and says nothing.
 *
 * <p>What a firewall drops in silence, or a host that has lost its power, TCP notices only after a
 * quarter of an hour; until then each command would time out. So a connection from which nothing
 * has come for too long since something was written is ended here, and then made again as any other
 * that breaks. It is reset: what the system still holds of it is never sent, lest a put that its
 * caller was told has failed is done after a later one. One from which nothing has come at all is
 * just being made, and fails with what says so.
 *
 * <p>Of one connection, which calls it on its own thread alone. Reading and writing only note that
 * they happened, since they happen for each command; one task at a time looks at the notes.
 */
final class SilenceGuard extends ChannelDuplexHandler {
  private final long boundNanos;
  private final Consumer<String> warn;
  private boolean hasSpoken;
  private boolean isAwaiting;
  private long awaitingSince;
  private boolean isWatched;

  /** Waits no longer than the bound for anything to come. */
  SilenceGuard(Duration bound, Consumer<String> warn) {
    boundNanos = bound.toNanos();
    this.warn = warn;
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise written) {
    if (!isAwaiting) {
      isAwaiting = true;
      awaitingSince = System.nanoTime();
      if (!isWatched) {
        watch(context, boundNanos);
      }
    }
    context.write(message, written);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    hasSpoken = true;
    isAwaiting = false;
    context.fireChannelRead(message);
  }

  private void watch(ChannelHandlerContext context, long nanos) {
    isWatched = true;
    context.executor().schedule(() -> look(context), nanos, TimeUnit.NANOSECONDS);
  }

  private void look(ChannelHandlerContext context) {
    isWatched = false;
    if (!isAwaiting || !context.channel().isActive()) {
      return;
    }
    long left = boundNanos - (System.nanoTime() - awaitingSince);
    if (left > 0) {
      watch(context, left);
      return;
    }
    if (hasSpoken) {
      warn.accept(
          "Redis at "
              + context.channel().remoteAddress()
              + " has said nothing for "
              + TimeUnit.NANOSECONDS.toMillis(boundNanos)
              + " ms, though it was asked; the connection is made again"
              + " (docs/errors.md#redis-away)");
    } else {
      context.fireExceptionCaught(new SocketTimeoutException("nothing was said"));
    }
    context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
    context.close();
  }
}
