package dev.bobbin.xmpp.core.internal.runtime;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Virtual threads (JDK 21 and later) reached by method handles, since these classes are compiled
 * for JDK 17.
 */
final class VirtualThreads {
  private VirtualThreads() {}

  /** A factory of named virtual threads; null where the JVM has none. */
  static @Nullable ThreadFactory factory(String prefix) {
    try {
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      Class<?> ofVirtual = Class.forName("java.lang.Thread$Builder$OfVirtual");
      Class<?> builder = Class.forName("java.lang.Thread$Builder");
      Object threads =
          lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(ofVirtual)).invoke();
      MethodHandle name =
          lookup.findVirtual(
              ofVirtual, "name", MethodType.methodType(ofVirtual, String.class, long.class));
      MethodHandle factory =
          lookup.findVirtual(builder, "factory", MethodType.methodType(ThreadFactory.class));
      return (ThreadFactory) factory.invoke(name.invoke(threads, prefix, 1L));
    } catch (Throwable e) {
      // Before 21 the classes are not there, or are a preview that refuses: platform threads serve.
      return null;
    }
  }

  /** Runs each task on a thread of its own. */
  static ExecutorService perTask(ThreadFactory factory) {
    try {
      return (ExecutorService)
          MethodHandles.publicLookup()
              .findStatic(
                  Executors.class,
                  "newThreadPerTaskExecutor",
                  MethodType.methodType(ExecutorService.class, ThreadFactory.class))
              .invoke(factory);
    } catch (Throwable e) {
      throw new IllegalStateException("This JVM has virtual threads but no executor of them", e);
    }
  }
}
