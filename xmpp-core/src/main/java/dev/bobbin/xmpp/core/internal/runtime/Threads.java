package dev.bobbin.xmpp.core.internal.runtime;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The threads of one runtime.
 *
 * <ul>
 *   <li>A <em>reader</em> for each connection. It never writes to the network once logged in, and
 *       runs only what was declared direct.
 *   <li><em>Writers</em>: at most one task for each connection, apart from the workers, so that no
 *       number of workers that wait for room in a queue can keep the queue from being drained.
 *   <li><em>Workers</em> run everything that may block: handlers, listeners, and what depends on
 *       the futures that we give out. On platform threads they are a fork-join pool, because that
 *       replaces a worker that waits for a {@code CompletableFuture}: a handler may {@code join()}
 *       a request whose completion needs a worker itself. There is a most of them, and the one who
 *       would wait without being replaced is refused instead, by a {@link
 *       java.util.concurrent.RejectedExecutionException} out of {@code join()}: completions and
 *       time-outs need a worker, so if all waited, all would wait for ever.
 *   <li><em>Diallers</em>: one for each name that is being looked up and each address that is being
 *       connected to. Not workers, since these can all be waiting for a connection.
 *   <li>One <em>timer</em> thread, which only hands over or closes sockets.
 * </ul>
 *
 * All are virtual where the JVM has virtual threads (but for the timer), and daemons.
 */
public final class Threads implements AutoCloseable {
  private static final int PARALLEL_WORKERS = 32;
  private static final int MOST_WORKERS = 1024;

  private final ThreadFactory readers;
  private final ThreadFactory diallers;
  private final ExecutorService workers;
  private final ExecutorService writers;
  private final ScheduledThreadPoolExecutor timer;
  private final ThreadLocal<Boolean> reading = new ThreadLocal<>();

  /** Starts no thread yet but the timer's, at its first task. */
  public Threads() {
    this(PARALLEL_WORKERS, MOST_WORKERS, true);
  }

  /** With a number of workers that a test can exhaust. */
  Threads(int parallelWorkers, int mostWorkers, boolean virtual) {
    ThreadFactory virtualWorkers = VirtualThreads.factory("bobbin-worker-");
    ThreadFactory virtualWriters = VirtualThreads.factory("bobbin-writer-");
    ThreadFactory virtualReaders = VirtualThreads.factory("bobbin-reader-");
    ThreadFactory virtualDiallers = VirtualThreads.factory("bobbin-dialler-");
    if (virtual
        && virtualWorkers != null
        && virtualWriters != null
        && virtualReaders != null
        && virtualDiallers != null) {
      readers = virtualReaders;
      diallers = virtualDiallers;
      workers = VirtualThreads.perTask(virtualWorkers);
      writers = VirtualThreads.perTask(virtualWriters);
    } else {
      readers = daemons("bobbin-reader-");
      diallers = daemons("bobbin-dialler-");
      workers = forkJoin(parallelWorkers, mostWorkers);
      writers = Executors.newCachedThreadPool(daemons("bobbin-writer-"));
    }
    timer = new ScheduledThreadPoolExecutor(1, daemons("bobbin-timer-"));
    timer.setRemoveOnCancelPolicy(true);
  }

  private static ThreadFactory daemons(String prefix) {
    AtomicLong count = new AtomicLong();
    return task -> {
      Thread thread = new Thread(task, prefix + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  private static ForkJoinPool forkJoin(int parallel, int most) {
    AtomicLong count = new AtomicLong();
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    return new ForkJoinPool(
        parallel,
        pool -> {
          ForkJoinWorkerThread thread =
              ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
          thread.setName("bobbin-worker-" + count.incrementAndGet());
          thread.setContextClassLoader(loader);
          return thread;
        },
        null,
        true,
        parallel,
        most,
        1,
        null,
        60,
        TimeUnit.SECONDS);
  }

  /**
   * Starts the reader of a connection.
   *
   * @param task what it does until the connection ends
   */
  public void startReader(Runnable task) {
    readers
        .newThread(
            () -> {
              reading.set(true);
              try {
                task.run();
              } finally {
                reading.remove();
              }
            })
        .start();
  }

  /**
   * Starts a task that waits for the network, to be given up from outside.
   *
   * @param task looks one name up, or connects to one address
   */
  public void startDialler(Runnable task) {
    diallers.newThread(task).start();
  }

  /**
   * Whether the current thread reads a connection.
   *
   * @return true on a reader
   */
  public boolean onReader() {
    return reading.get() != null;
  }

  /**
   * Where what may block runs.
   *
   * @return the workers
   */
  public Executor workers() {
    return workers;
  }

  /**
   * Where queues are drained to sockets.
   *
   * @return the writers
   */
  public Executor writers() {
    return writers;
  }

  /**
   * What waits for a time.
   *
   * @return the timer
   */
  public ScheduledExecutorService timer() {
    return timer;
  }

  /** Lets running tasks end, and takes no new ones but those that they hand over. */
  @Override
  public void close() {
    timer.shutdownNow();
    writers.shutdown();
    workers.shutdown();
  }
}
