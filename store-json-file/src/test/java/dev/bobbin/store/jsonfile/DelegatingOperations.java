package dev.bobbin.store.jsonfile;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** The real disk, of which a test overrides a step. */
class DelegatingOperations implements FileOperations {
  private final FileOperations disk = new DiskOperations();

  @Override
  public FileChannel create(Path file) throws IOException {
    return disk.create(file);
  }

  @Override
  public void write(FileChannel channel, byte[] bytes) throws IOException {
    disk.write(channel, bytes);
  }

  @Override
  public void force(FileChannel channel) throws IOException {
    disk.force(channel);
  }

  @Override
  public boolean link(Path file, Path second) throws IOException {
    return disk.link(file, second);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    disk.rename(from, to);
  }

  @Override
  public void renameIfFree(Path from, Path to) throws IOException {
    disk.renameIfFree(from, to);
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    disk.forceDirectory(directory);
  }

  @Override
  public void delete(Path file) throws IOException {
    disk.delete(file);
  }
}
