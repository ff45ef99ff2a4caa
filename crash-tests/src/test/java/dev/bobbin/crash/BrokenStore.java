package dev.bobbin.crash;

import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.BobStoreProvider;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Stores that break a rule each, and {@code whole}, which breaks none that a kill can show. */
final class BrokenStore {
  private BrokenStore() {}

  /** Acknowledges what it is only about to write. */
  private static final class Early extends PlainFiles {
    private final ExecutorService later =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task);
              thread.setDaemon(true);
              return thread;
            });

    Early(Path directory) throws IOException {
      super(directory);
    }

    @Override
    void write(Path file, byte[] bytes) {
      later.submit(
          () -> {
            super.write(file, bytes);
            return null;
          });
    }

    @Override
    public void close() {
      later.shutdown();
    }
  }

  /** Truncates the file and writes it anew. */
  private static final class InPlace extends PlainFiles {
    InPlace(Path directory) throws IOException {
      super(directory);
    }

    @Override
    void write(Path file, byte[] bytes) throws IOException {
      try (OutputStream out = Files.newOutputStream(file)) {
        int half = bytes.length / 2;
        out.write(bytes, 0, half);
        out.write(bytes, half, bytes.length - half);
      }
    }
  }

  /** Removes the old file, then writes the new one and renames it. */
  private static final class TwoSteps extends PlainFiles {
    TwoSteps(Path directory) throws IOException {
      super(directory);
    }

    @Override
    void write(Path file, byte[] bytes) throws IOException {
      Files.deleteIfExists(file);
      super.write(file, bytes);
    }
  }

  /** Puts on any condition. */
  private static final class Blind extends PlainFiles {
    Blind(Path directory) throws IOException {
      super(directory);
    }

    @Override
    public boolean putIf(@Nullable StoredBob expected, StoredBob item) throws IOException {
      put(item);
      return true;
    }
  }

  /** Puts on no condition. */
  private static final class Stubborn extends PlainFiles {
    Stubborn(Path directory) throws IOException {
      super(directory);
    }

    @Override
    public boolean putIf(@Nullable StoredBob expected, StoredBob item) {
      return false;
    }
  }

  /** Opens a store in a directory. */
  @FunctionalInterface
  private interface Opening {
    BobStore open(Path directory) throws IOException;
  }

  /** What the providers have in common. */
  private abstract static class Provider implements BobStoreProvider {
    private final String name;
    private final Opening opening;

    Provider(String name, Opening opening) {
      this.name = name;
      this.opening = opening;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public BobStore open(StoreContext context) throws IOException {
      return opening.open(Path.of(context.settings().text("directory").orElseThrow()));
    }
  }

  public static final class EarlyProvider extends Provider {
    public EarlyProvider() {
      super("early", Early::new);
    }
  }

  public static final class BlindProvider extends Provider {
    public BlindProvider() {
      super("blind", Blind::new);
    }
  }

  public static final class StubbornProvider extends Provider {
    public StubbornProvider() {
      super("stubborn", Stubborn::new);
    }
  }

  public static final class InPlaceProvider extends Provider {
    public InPlaceProvider() {
      super("in-place", InPlace::new);
    }
  }

  public static final class TwoStepsProvider extends Provider {
    public TwoStepsProvider() {
      super("two-steps", TwoSteps::new);
    }
  }

  public static final class WholeProvider extends Provider {
    public WholeProvider() {
      super("whole", PlainFiles::new);
    }
  }
}
