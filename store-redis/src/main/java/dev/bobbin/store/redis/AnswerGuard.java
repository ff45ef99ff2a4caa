package dev.bobbin.store.redis;

import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.protocol.RedisCommand;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Ends a connection on which a command has waited too long for its answer.
 *
 * <p>Redis answers a connection in order, so all that were written after that command wait for it
 * as well. All of them fail, and the connection is reset, and then made again as any other that
 * breaks: what Netty and the system still hold of it is never sent. Were the commands alone given
 * up, what they put would stay in memory until a slow network has taken it, and be done long after
 * their callers were told that they have failed, and after newer ones of others. It serves as well
 * where nothing comes at all, since a firewall drops it or a host has lost its power, which TCP
 * notices only after a quarter of an hour. One that has never answered is just being made, and
 * fails with what says so: nobody is warned of it.
 *
 * <p>One that a node of a cluster has sent on to another counts here until it ends there.
 *
 * <p>Of one connection, which calls it on its own thread alone. It is the last of the pipeline,
 * where commands are still seen as such. Of those that it has noted the first is the oldest; one
 * task at a time looks at it.
 */
final class AnswerGuard extends ChannelOutboundHandlerAdapter {
  private final Duration bound;
  private final Consumer<String> warn;
  private final Deque<Written> written = new ArrayDeque<>();
  private boolean hasAnswered;
  private boolean isWatched;

  private record Written(RedisCommand<?, ?, ?> command, long nanos) {}

  /** No command waits longer than the bound. */
  AnswerGuard(Duration bound, Consumer<String> warn) {
    this.bound = bound;
    this.warn = warn;
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    forgetAnswered();
    if (message instanceof RedisCommand<?, ?, ?> command) {
      note(command);
    } else if (message instanceof Iterable<?> batch) {
      batch.forEach(each -> note((RedisCommand<?, ?, ?>) each));
    }
    if (!isWatched) {
      watch(context);
    }
    context.write(message, promise);
  }

  private void note(RedisCommand<?, ?, ?> command) {
    written.add(new Written(command, System.nanoTime()));
  }

  private void forgetAnswered() {
    while (!written.isEmpty() && written.element().command().isDone()) {
      written.remove();
      hasAnswered = true;
    }
  }

  private void watch(ChannelHandlerContext context) {
    Written oldest = written.peek();
    if (oldest != null) {
      isWatched = true;
      long left = bound.toNanos() - (System.nanoTime() - oldest.nanos());
      context.executor().schedule(() -> look(context), left, TimeUnit.NANOSECONDS);
    }
  }

  private void look(ChannelHandlerContext context) {
    isWatched = false;
    forgetAnswered();
    Written oldest = written.peek();
    if (oldest != null && System.nanoTime() - oldest.nanos() >= bound.toNanos()) {
      end(context);
    } else {
      watch(context);
    }
  }

  private void end(ChannelHandlerContext context) {
    if (hasAnswered && context.channel().isActive()) {
      warn.accept(
          "Redis at "
              + context.channel().remoteAddress()
              + " has not answered for "
              + bound.toMillis()
              + " ms; the connection is made again (docs/errors.md#redis-away)");
    }
    // First, lest Lettuce takes those that wait in memory for ones that may be sent again.
    RedisCommandTimeoutException late = new RedisCommandTimeoutException("no answer");
    for (Iterator<Written> each = written.iterator(); each.hasNext(); each.remove()) {
      each.next().command().completeExceptionally(late);
    }
    context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
    // Past the handler of TLS, which would wait until it can say farewell.
    context.pipeline().firstContext().close();
  }
}
