package org.jetfold.cli.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jetfold.cli.file.CompressedInput;
import org.jetfold.cli.file.TableShape;
import org.jetfold.codec.container.FileHeader;
import org.jetfold.codec.container.Footer;
import org.jetfold.codec.precision.QualifiedColumn;

/**
 * What a file says of itself, without decoding a value.
 *
 * @param blocks how many independent blocks there are
 * @param structureBytes what the numbers of objects in each list take
 * @param latentBytes what the latents of autoencoders take
 */
public record FileReport(
    String name,
    String formatVersion,
    FileHeader header,
    TableShape shape,
    long bytes,
    int blocks,
    long structureBytes,
    long latentBytes,
    List<ColumnReport> columns) {
  public FileReport {
    columns = List.copyOf(columns);
  }

  public static FileReport of(CompressedInput in) {
    Footer footer = in.footer();
    List<Footer.Section.Block> blocks = new ArrayList<>();
    for (Footer.Section section : footer.sections()) {
      if (section instanceof Footer.Section.Block block) {
        blocks.add(block);
      }
    }
    TableShape shape = new TableShape(in.schema(), footer.totals());
    long[] sizes = in.streamSizes();
    int lists = in.schema().groups().size() - 1;
    List<QualifiedColumn> names = QualifiedColumn.all(in.schema());
    List<ColumnReport> columns = new ArrayList<>();
    for (int column = 0; column < names.size(); column++) {
      int number = column;
      columns.add(
          ColumnReport.of(
              names.get(column),
              in.header().columns().get(column).precision(),
              blocks.stream().map(block -> block.columns().get(number)).toList(),
              shape.values(column),
              sizes[lists + column]));
    }
    long latents = Arrays.stream(sizes).skip(lists + names.size()).sum();
    long structure = Arrays.stream(sizes).limit(lists).sum();
    return new FileReport(
        in.name(),
        in.formatVersion(),
        in.header(),
        shape,
        in.size(),
        blocks.size(),
        structure,
        latents,
        columns);
  }

  /** What is neither a value nor a list's length: header, tables of the code, checksums, index. */
  public long overheadBytes() {
    return bytes
        - structureBytes
        - latentBytes
        - columns.stream().mapToLong(ColumnReport::bytes).sum();
  }

  /**
   * What must be read to decode a column and no other: of a learned model's columns, those before
   * it in the model's order, too.
   *
   * @param decodedBefore from {@link CompressedInput#decodedBefore}
   * @return nothing where the model, which would tell, is not there
   */
  OptionalLong bytesAlone(int column, Map<Integer, List<Integer>> decodedBefore) {
    List<Integer> before = decodedBefore.get(column);
    return before == null
        ? OptionalLong.empty()
        : OptionalLong.of(
            columns.get(column).bytes()
                + before.stream().mapToLong(other -> columns.get(other).bytes()).sum());
  }

  public double ratio() {
    return (double) shape.rawBytes() / bytes;
  }

  double share(long part) {
    return (double) part / bytes;
  }
}
