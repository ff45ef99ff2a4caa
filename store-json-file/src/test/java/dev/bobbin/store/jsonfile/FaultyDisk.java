package dev.bobbin.store.jsonfile;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.lucene.tests.mockfile.FilterFileSystem;
import org.apache.lucene.tests.mockfile.FilterFileSystemProvider;
import org.apache.lucene.tests.mockfile.FilterPath;

/**
 * The real file system, of which some calls fail. Every call counts that reaches the system: those
 * by a path, and those by an open channel or directory. Nothing is forced in truth, since no test
 * here survives the machine.
 *
 * <p>Knows what is open, and what was done to a file after it could not be forced. For one thread.
 */
final class FaultyDisk extends FilterFileSystemProvider {
  private final List<String> open = new ArrayList<>();
  private final List<String> wrongs = new ArrayList<>();
  private final List<String> calls = new ArrayList<>();
  private Fault fault = Fault.IO_ERROR;
  private Predicate<String> failing = call -> false;
  private Predicate<Path> faulty = path -> false;
  private String awaited = "";
  private Meanwhile meanwhile = () -> {};

  FaultyDisk() {
    super("faulty://", FileSystems.getDefault());
  }

  /** A disk that knows no more of a file than that, such as {@code basic}. */
  FaultyDisk(Set<String> views) {
    super("faulty://", FileSystems.getDefault().provider());
    fileSystem =
        new FilterFileSystem(this, FileSystems.getDefault()) {
          @Override
          public Set<String> supportedFileAttributeViews() {
            return views;
          }
        };
  }

  /** What another program does between two calls. */
  @FunctionalInterface
  interface Meanwhile {
    void happen() throws IOException;
  }

  /** The same place as this disk has it. */
  Path at(Path real) {
    return wrapPath(real);
  }

  /** From now on counts anew; from the call of that number on, so many fail, as the first is 1. */
  void fail(int number, int failures, Fault kind) {
    calls.clear();
    fault = kind;
    failing = call -> calls.size() >= number && calls.size() - number < failures;
  }

  /** From now on counts anew; so many of the calls of that name fail. */
  void fail(String name, int failures, Fault kind) {
    calls.clear();
    fault = kind;
    failing = call -> call.equals(name) && Collections.frequency(calls, name) <= failures;
  }

  /** All that is done to files of that name fails as well, for good. */
  void failAt(String name, Fault kind) {
    faulty = path -> path.toString().endsWith("/" + name);
    fault = kind;
  }

  /** Something happens just before the next call of that name. */
  void before(String name, Meanwhile happens) {
    awaited = name;
    meanwhile = happens;
  }

  /** From now on counts anew; nothing fails. */
  void count() {
    fail(0, 0, fault);
  }

  /** Fails no more, and goes on counting. */
  void work() {
    failing = call -> false;
  }

  /** The names of the calls since counting began. */
  List<String> calls() {
    return List.copyOf(calls);
  }

  /** What was opened and has not been closed. */
  List<String> open() {
    return List.copyOf(open);
  }

  /** What was done that must never be. */
  List<String> wrongs() {
    return List.copyOf(wrongs);
  }

  void opened(Path path) {
    open.add(path.toString());
  }

  void closed(Path path) {
    open.remove(path.toString());
  }

  void wrong(String what) {
    wrongs.add(what);
  }

  /** Counts a call by a path, and fails if it is its turn. */
  void call(String name, Path path) throws IOException {
    calls.add(name);
    if (name.equals(awaited)) {
      awaited = "";
      meanwhile.happen();
    }
    boolean isFaulty = path != null && faulty.test(path);
    if (failing.test(name) || isFaulty) {
      fault.strike(path);
    }
  }

  /** Counts a call by a channel. Where a channel fails, the system names no path. */
  void call(String name) throws IOException {
    call(name, null);
  }

  @Override
  public FilterPath wrapPath(Path path) {
    return new FilterPath(path, fileSystem) {
      @Override
      public Path toRealPath(LinkOption... options) throws IOException {
        call("toRealPath", this);
        return super.toRealPath(options);
      }
    };
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    call("open", path);
    FileChannel channel = super.newFileChannel(path, options, attributes);
    opened(path);
    return new FaultyChannel(channel, path, this);
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path path, DirectoryStream.Filter<? super Path> filter) throws IOException {
    call("newDirectoryStream", path);
    DirectoryStream<Path> stream = super.newDirectoryStream(path, filter);
    opened(path);
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        try {
          call("readDirectory", path);
        } catch (IOException e) {
          throw new DirectoryIteratorException(e);
        }
        return stream.iterator();
      }

      @Override
      public void close() throws IOException {
        stream.close();
        closed(path);
        call("closeDirectory", path);
      }
    };
  }

  @Override
  public void createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
    call("createDirectory", path);
    super.createDirectory(path, attributes);
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    call("createLink", link);
    super.createLink(link, existing);
  }

  @Override
  public void delete(Path path) throws IOException {
    call("delete", path);
    super.delete(path);
  }

  @Override
  public boolean deleteIfExists(Path path) throws IOException {
    call("delete", path);
    return super.deleteIfExists(path);
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    call("copy", source);
    super.copy(source, target, options);
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    call("move", source);
    super.move(source, target, options);
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    call("checkAccess", path);
    super.checkAccess(path, modes);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    call("readAttributes", path);
    return super.readAttributes(path, type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    call("readAttributes", path);
    return super.readAttributes(path, attributes, options);
  }

  /** A view fails when it is used, not when it is made. */
  @Override
  public <V extends FileAttributeView> V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    V view = super.getFileAttributeView(path, type, options);
    Object faulty =
        Proxy.newProxyInstance(
            type.getClassLoader() == null ? getClass().getClassLoader() : type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              call("view", path);
              try {
                return method.invoke(view, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
    return type.cast(faulty);
  }

  @Override
  public Path readSymbolicLink(Path path) throws IOException {
    call("readSymbolicLink", path);
    return super.readSymbolicLink(path);
  }
}
