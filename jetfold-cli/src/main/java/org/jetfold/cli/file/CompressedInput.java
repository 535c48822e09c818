package org.jetfold.cli.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.Failures;
import org.jetfold.cli.console.Streams;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.RecoveringSource;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.file.ByteSource;
import org.jetfold.codec.file.DamagedFileException;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.file.Footer;
import org.jetfold.codec.network.Kernels;
import org.jetfold.codec.selection.Selection;
import org.jetfold.codec.table.ForwardingSource;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.text.Quantities;
import org.jetfold.study.file.FileReport;
import org.jetfold.study.file.SpikeShares;
import org.jetfold.tables.TableFiles;
import org.jspecify.annotations.Nullable;

/** A {@code .jetf} file that is read, whose name is in every message about it. */
public final class CompressedInput implements Closeable {
  /** Enough bytes to know a Jetfold file by. */
  private static final int BEGINNING = 10;

  private final String name;
  private final Decompressor decompressor;
  private final ModelFiles models;
  private final Streams streams;

  private CompressedInput(
      String name, Decompressor decompressor, ModelFiles models, Streams streams) {
    this.name = name;
    this.decompressor = decompressor;
    this.models = models;
    this.streams = streams;
  }

  /**
   * Opens a file, or standard input ({@code -}); what comes through a pipe is kept in a temporary
   * file.
   *
   * @param models model files that the user named
   */
  public static CompressedInput open(
      String name, int threads, List<String> models, Streams streams) {
    ModelFiles source = new ModelFiles(models, name);
    String shown = FileNames.shown(name);
    try {
      if (name.equals(TableFiles.STANDARD)) {
        return new CompressedInput(shown, spooled(streams.in(), threads, source), source, streams);
      }
      Path file = TableFiles.existing(name);
      if (!Files.isRegularFile(file)) {
        try (InputStream in = Files.newInputStream(file)) {
          return new CompressedInput(shown, spooled(in, threads, source), source, streams);
        }
      }
      return new CompressedInput(shown, new Decompressor(file, threads, source), source, streams);
    } catch (IOException | JetfoldException e) {
      throw Failures.about(shown, e);
    }
  }

  private static Decompressor spooled(InputStream in, int threads, ModelFiles models)
      throws IOException {
    // A stream of anything else may have no end.
    byte[] beginning = in.readNBytes(BEGINNING);
    if (!Decompressor.begins(beginning)) {
      return new Decompressor(ByteSource.of(beginning), threads, models);
    }
    // Only its owner may read it.
    Path spool = Files.createTempFile("jetfold-", ".tmp");
    FileChannel channel =
        FileChannel.open(spool, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      // An open file stays readable without its name, and is gone when the process is.
      Files.delete(spool);
      OutputStream out = Channels.newOutputStream(channel);
      out.write(beginning);
      in.transferTo(out);
      return new Decompressor(ByteSource.of(channel), threads, models);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  public String name() {
    return name;
  }

  public FileHeader header() {
    return decompressor.header();
  }

  public Schema schema() {
    return decompressor.header().schema();
  }

  /** What a root entry is called. */
  public String entryName() {
    return schema().hasEvents() ? "event" : "row";
  }

  public Footer footer() {
    return named(decompressor::footer);
  }

  /** What the file says of itself. */
  public FileReport report() {
    return named(() -> FileReport.of(name, decompressor));
  }

  /** How many values are spikes; nothing where a model is missing, or a block is damaged. */
  public Optional<SpikeShares> spikeShares() {
    return named(() -> SpikeShares.of(decompressor));
  }

  /** The columns that must be decoded before a column, where that is known. */
  public Map<Integer, List<Integer>> decodedBefore() throws IOException {
    return decompressor.decodedBefore();
  }

  /** The files of the models that were found, by the models' hashes. */
  public Map<String, String> modelFiles() {
    return models.found();
  }

  /** Checks everything that can be checked without the original. */
  public void verify() {
    warnWhereSlow();
    named(() -> {
      decompressor.verify();
      return true;
    });
  }

  /** The table, or some of its columns. */
  public TableSource read(Projection projection) {
    warnWhereSlow();
    return new Named(named(() -> decompressor.read(projection)));
  }

  /** Chosen events of the table, or some of its columns. */
  public TableSource read(Projection projection, Selection selection) {
    warnWhereSlow();
    return new Named(named(() -> decompressor.read(projection, selection)));
  }

  /** What reads the file; its messages do not name it. */
  public Decompressor decompressor() {
    return decompressor;
  }

  /** What is undamaged. */
  public Recovery recover(Projection projection) {
    warnWhereSlow();
    try {
      return new Recovery(decompressor.recover(projection));
    } catch (DamagedFileException e) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "%s: %s; nothing can be read without that: get a fresh copy"
              .formatted(name, e.getMessage()),
          e);
    } catch (IOException | JetfoldException e) {
      throw Failures.about(name, e);
    }
  }

  private void warnWhereSlow() {
    if (!header().models().isEmpty()) {
      Kernels.warnWhereSlow(streams::warn);
    }
  }

  /** A damaged file's table. */
  public final class Recovery {
    private final RecoveringSource source;

    private Recovery(RecoveringSource source) {
      this.source = source;
    }

    /** The undamaged blocks. */
    public TableSource table() {
      return new Named(source);
    }

    /** What is lost, after the table's end; first how much could be saved. */
    public List<String> losses() {
      List<String> losses = new ArrayList<>(source.losses());
      if (!losses.isEmpty()) {
        String entries = source.schema().hasEvents() ? "event" : "row";
        losses.addFirst(Quantities.count(source.recovered(), entries) + " could be read");
      }
      return losses;
    }
  }

  @Override
  public void close() {
    named(() -> {
      decompressor.close();
      return true;
    });
  }

  private interface Reading<T> {
    T get() throws IOException;
  }

  private <T> T named(Reading<T> reading) {
    try {
      return reading.get();
    } catch (IOException | JetfoldException e) {
      throw Failures.about(name, e);
    }
  }

  private final class Named extends ForwardingSource {
    Named(TableSource source) {
      super(source);
    }

    @Override
    public @Nullable Table next(int rows) {
      try {
        return super.next(rows);
      } catch (IOException | JetfoldException e) {
        throw Failures.about(name, e);
      }
    }

    @Override
    public void close() {
      named(() -> {
        super.close();
        return true;
      });
    }
  }
}
