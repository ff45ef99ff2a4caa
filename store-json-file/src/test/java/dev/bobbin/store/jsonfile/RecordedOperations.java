package dev.bobbin.store.jsonfile;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The real disk, with a record of each step, for a {@link CutDisk} to take again. */
final class RecordedOperations extends DelegatingOperations {
  private final List<Consumer<CutDisk>> steps = new ArrayList<>();
  private final Map<FileChannel, Integer> files = new IdentityHashMap<>();
  private int created;
  private boolean refusing;

  /** How many steps there were. */
  int count() {
    return steps.size();
  }

  void replay(int step, CutDisk disk) {
    steps.get(step).accept(disk);
  }

  /** Has the next forcing of a directory fail, without any effect. */
  void refuseOnce() {
    refusing = true;
  }

  /** Puts a file as another program does, which is on the disk before anything else happens. */
  void place(Path file, byte[] content) throws IOException {
    Files.write(file, content);
    int number = created++;
    steps.add(
        disk -> {
          disk.create(file);
          disk.write(number, content);
          disk.force(number);
          disk.forceDirectory(file.getParent());
        });
  }

  @Override
  public FileChannel create(Path file) throws IOException {
    FileChannel channel = super.create(file);
    files.put(channel, created++);
    steps.add(disk -> disk.create(file));
    return channel;
  }

  @Override
  public void write(FileChannel channel, byte[] bytes) throws IOException {
    super.write(channel, bytes);
    int file = files.get(channel);
    byte[] copy = bytes.clone();
    steps.add(disk -> disk.write(file, copy));
  }

  @Override
  public void force(FileChannel channel) {
    int file = files.get(channel);
    steps.add(disk -> disk.force(file));
  }

  @Override
  public boolean link(Path file, Path second) throws IOException {
    boolean linked = super.link(file, second);
    if (linked) {
      steps.add(disk -> disk.link(file, second));
    }
    return linked;
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    super.rename(from, to);
    steps.add(disk -> disk.rename(from, to));
  }

  @Override
  public void renameIfFree(Path from, Path to) throws IOException {
    super.renameIfFree(from, to);
    boolean linked = Files.exists(from, LinkOption.NOFOLLOW_LINKS);
    steps.add(disk -> renameIfFree(disk, from, to, linked));
  }

  private static void renameIfFree(CutDisk disk, Path from, Path to, boolean linked) {
    if (linked) {
      disk.link(from, to);
    } else {
      disk.rename(from, to);
    }
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    if (refusing) {
      refusing = false;
      throw new IOException("not confirmed");
    }
    steps.add(disk -> disk.forceDirectory(directory));
  }

  @Override
  public void delete(Path file) throws IOException {
    boolean there = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    super.delete(file);
    if (there) {
      steps.add(disk -> disk.delete(file));
    }
  }
}
