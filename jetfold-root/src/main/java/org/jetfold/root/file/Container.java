package org.jetfold.root.file;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jetfold.root.source.ByteCursor;
import org.jetfold.root.source.FileBytes;
import org.jspecify.annotations.Nullable;

/** The objects of a ROOT file, in all its directories. Immutable, thread-safe. */
public final class Container {
  /** An object's key and its name behind those of its directories. */
  public record Entry(String path, Key key) {}

  private record Folder(String prefix, long seek) {}

  private final FileBytes file;
  private final FileHeader header;
  private final List<Entry> entries;

  private Container(FileBytes file, FileHeader header, List<Entry> entries) {
    this.file = file;
    this.header = header;
    this.entries = List.copyOf(entries);
  }

  /** Reads the header and all directories. */
  public static Container read(FileBytes file) throws IOException {
    FileHeader header = FileHeader.read(file);
    List<Entry> entries = new ArrayList<>();
    Deque<Folder> open = new ArrayDeque<>();
    Set<Long> seen =
        new HashSet<>(); // a directory that lists itself, or one above it, is read once
    open.add(new Folder("", header.begin() + header.nameBytes()));
    while (!open.isEmpty()) {
      Folder folder = open.remove();
      if (!seen.add(folder.seek())) {
        continue;
      }
      for (Key key : Directory.keys(file, folder.seek())) {
        String path = folder.prefix() + key.name();
        entries.add(new Entry(path, key));
        if (key.className().equals("TDirectory") || key.className().equals("TDirectoryFile")) {
          open.add(new Folder(path + "/", key.seek() + key.keyBytes()));
        }
      }
    }
    return new Container(file, header, entries);
  }

  /** The bytes. */
  public FileBytes file() {
    return file;
  }

  /** All objects, those of the outer directory first. */
  public List<Entry> entries() {
    return entries;
  }

  /** The key of the StreamerInfo list; null where the file has none. */
  public @Nullable Key streamerInfoKey() throws IOException {
    if (header.infoSeek() == 0 || header.infoBytes() <= 0) {
      return null;
    }
    ByteCursor in = file.cursor(header.infoSeek(), header.infoBytes());
    return Key.read(in);
  }
}
