package org.jetfold.study.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.file.ColumnScale;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.file.Footer;
import org.jetfold.codec.precision.QualifiedColumn;

/**
 * What a file says of itself, without decoding a value.
 *
 * @param blocks how many independent blocks there are
 * @param structureBytes what the numbers of objects in each list take
 * @param latentBytes what the latents of each learned model take; 0 for models without
 * @param refinedEvents in how many events (rows of a flat table) values are exact so that the
 *     header's guarantees hold
 * @param refinementBytes what that takes; it is not counted with the columns
 * @param segments how many parts of the file have distributions of their own
 * @param segmentsWithoutModel for each column, in how many segments it has a density model and is
 *     coded without it, because that takes fewer bytes
 */
public record FileReport(
    String name,
    String formatVersion,
    FileHeader header,
    TableShape shape,
    long bytes,
    int blocks,
    long structureBytes,
    List<Long> latentBytes,
    long refinedEvents,
    long refinementBytes,
    int segments,
    List<Integer> segmentsWithoutModel,
    List<ColumnReport> columns) {
  /** Copies the lists. */
  public FileReport {
    segmentsWithoutModel = List.copyOf(segmentsWithoutModel);
    latentBytes = List.copyOf(latentBytes);
    columns = List.copyOf(columns);
  }

  /**
   * Reads what a file says of itself.
   *
   * @param name the file's name
   * @throws IOException where the file cannot be read
   */
  public static FileReport of(String name, Decompressor file) throws IOException {
    FileHeader header = file.header();
    Footer footer = file.footer();
    List<Footer.Section.Block> blocks = footer.blocks();
    TableShape shape = new TableShape(header.schema(), footer.totals());
    long[] sizes = file.streamSizes();
    int lists = header.schema().groups().size() - 1;
    List<QualifiedColumn> names = QualifiedColumn.all(header.schema());
    List<ColumnScale> scales = file.scales();
    List<ColumnReport> columns = new ArrayList<>();
    for (int column = 0; column < names.size(); column++) {
      int number = column;
      columns.add(
          ColumnReport.of(
              names.get(column),
              header.columns().get(column).precision(),
              scales.get(column),
              blocks.stream().map(block -> block.columns().get(number)).toList(),
              shape.values(column),
              sizes[lists + column]));
    }
    long structure = Arrays.stream(sizes).limit(lists).sum();
    return new FileReport(
        name,
        file.formatVersion(),
        header,
        shape,
        file.size(),
        blocks.size(),
        structure,
        latentBytes(header, sizes, lists + names.size()),
        header.guarantees() == null ? 0 : file.refinedEvents(),
        Arrays.stream(sizes).skip(header.streamOfRefinedEvents()).sum(),
        footer.segments(),
        Arrays.stream(file.segmentsWithoutModel()).boxed().toList(),
        columns);
  }

  /** Behind the streams of the columns stand those of the latents, model by model. */
  private static List<Long> latentBytes(FileHeader header, long[] sizes, int first) {
    List<Long> bytes = new ArrayList<>();
    int stream = first;
    for (FileHeader.ModelReference model : header.models()) {
      int end = stream + (model.latents() == null ? 0 : model.latents().count());
      bytes.add(Arrays.stream(sizes, stream, end).sum());
      stream = end;
    }
    return bytes;
  }

  /** What the latents of all models take. */
  public long allLatentBytes() {
    return latentBytes.stream().mapToLong(Long::longValue).sum();
  }

  /** What is neither a value nor a list's length: header, tables of the code, checksums, index. */
  public long overheadBytes() {
    return bytes
        - structureBytes
        - allLatentBytes()
        - refinementBytes
        - columns.stream().mapToLong(ColumnReport::bytes).sum();
  }

  /**
   * What must be read to decode a column and no other: for one that a density model codes, those
   * before it in the model's order, too; for one that an autoencoder restores, the latents and the
   * columns that its decoder is given.
   *
   * @param decodedBefore from {@link Decompressor#decodedBefore}
   * @return nothing where the model, which would tell, is not there
   */
  public OptionalLong bytesAlone(int column, Map<Integer, List<Integer>> decodedBefore) {
    List<Integer> before = decodedBefore.get(column);
    if (before == null) {
      return OptionalLong.empty();
    }
    int coding = header.columns().get(column).coding();
    long latents = coding == 0 ? 0 : latentBytes.get(coding - 1);
    return OptionalLong.of(
        latents
            + columns.get(column).bytes()
            + before.stream().mapToLong(other -> columns.get(other).bytes()).sum());
  }

  /** How many times smaller than plain arrays of its values the file is. */
  public double ratio() {
    return (double) shape.rawBytes() / bytes;
  }

  /** The part of the file that some of its bytes are. */
  public double share(long part) {
    return (double) part / bytes;
  }
}
