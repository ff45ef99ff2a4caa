package dev.bobbin.store.jsonfile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import org.apache.lucene.tests.mockfile.FilterFileChannel;

/** A channel of a {@link FaultyDisk}. */
final class FaultyChannel extends FilterFileChannel {
  private final Path path;
  private final FaultyDisk disk;
  private boolean unforced;

  FaultyChannel(FileChannel channel, Path path, FaultyDisk disk) {
    super(channel);
    this.path = path;
    this.disk = disk;
  }

  /** What the channel of the system does. */
  @FunctionalInterface
  private interface Call<T> {
    T make() throws IOException;
  }

  /** An interrupt closes the channel of the system, and so this one. */
  private <T> T call(String name, Call<T> call) throws IOException {
    try {
      disk.call(name);
      return call.make();
    } catch (ClosedByInterruptException e) {
      close();
      throw e;
    }
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    return call("read", () -> super.read(target));
  }

  /** A disk that becomes full has taken some of the bytes. */
  @Override
  public int write(ByteBuffer source) throws IOException {
    requireForceable("written");
    super.write(source.slice(source.position(), 1));
    return call("write", () -> super.write(source, 0));
  }

  @Override
  public void force(boolean metaData) throws IOException {
    requireForceable("forced");
    unforced = true;
    call("force", super::size); // an interrupt closes it here as it does in truth
    unforced = false;
  }

  private void requireForceable(String done) {
    if (unforced) {
      disk.wrong(path + " was " + done + " after it could not be forced");
    }
  }

  @Override
  public long size() throws IOException {
    return call("size", super::size);
  }

  @Override
  public long position() throws IOException {
    return call("position", super::position);
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) throws IOException {
    return call("tryLock", () -> super.tryLock(position, size, shared));
  }

  @Override
  protected void implCloseChannel() throws IOException {
    super.implCloseChannel();
    disk.closed(path);
    disk.call("close");
  }
}
