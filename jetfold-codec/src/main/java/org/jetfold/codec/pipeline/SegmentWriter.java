package org.jetfold.codec.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.container.ContainerWriter;
import org.jetfold.codec.container.EventOrdinals;
import org.jetfold.codec.container.ScaleFields;
import org.jetfold.codec.derived.Guarantees;
import org.jetfold.codec.entropy.DistributionWriter;
import org.jetfold.codec.file.ColumnStatistics;
import org.jetfold.codec.file.FileGuarantees;
import org.jetfold.codec.file.FileHeader;
import org.jspecify.annotations.Nullable;

/**
 * Writes segments: has every column coded, which is checked there before it comes here, and lays
 * out distributions and blocks. What is written does not depend on the number of workers. Not
 * thread-safe.
 */
final class SegmentWriter {
  private final FileHeader header;
  private final EncodingContext context;
  private final @Nullable Guarantees guarantees;
  private final ScaledColumns scaled;
  private final List<SegmentEncoder> encoders;
  private final int lists;
  private final int streams;

  /**
   * A writer of segments.
   *
   * @param guarantees what is promised of computed quantities; null for nothing
   * @param encoders between them they code every stream but those of refinement
   */
  SegmentWriter(
      EncodingContext context, @Nullable Guarantees guarantees, List<SegmentEncoder> encoders) {
    header = context.header();
    this.context = context;
    this.guarantees = guarantees;
    scaled = new ScaledColumns(header);
    this.encoders = List.copyOf(encoders);
    lists = header.schema().groups().size() - 1;
    streams = header.streams();
  }

  /**
   * Writes the next segment. Returns how many of its events were refined.
   *
   * @param codecs what turns each column's values in it into symbols
   * @param seed of its events' phases
   * @param ordinals of its events
   * @param known of columns whose values come from another file
   */
  long write(
      Segment segment,
      SegmentCodecs codecs,
      long seed,
      EventOrdinals ordinals,
      KnownColumns known,
      ContainerWriter out)
      throws IOException {
    CodedStream[] coded = new CodedStream[streams];
    int[] refined = encode(segment, codecs, known, coded);
    DistributionWriter writer = new DistributionWriter();
    for (int column = 0; column < header.columns().size(); column++) {
      if (DensityKind.codes(header, column)) {
        writer.modelled(!codecs.isStatic(column));
      }
    }
    for (int column = 0; column < header.columns().size(); column++) {
      ScaleFields.write(
          codecs.get(column).scale(),
          codecs.get(column).column().type(),
          header.columns().get(column),
          writer);
    }
    for (CodedStream stream : coded) {
      writer.write(stream.fitted());
    }
    out.distributions(writer.finish());
    ByteWriter body = new ByteWriter();
    for (int block = 0; block < segment.blocks(); block++) {
      int[] starts = segment.blockStarts();
      write(
          segment,
          block,
          seed,
          ordinals.slice(starts[block], starts[block + 1]),
          refined[block],
          coded,
          known,
          body,
          out);
    }
    return Arrays.stream(refined).asLongStream().sum();
  }

  /** Codes all streams. Returns for each block how many of its events are refined. */
  private int[] encode(
      Segment segment, SegmentCodecs codecs, KnownColumns known, CodedStream[] coded) {
    FileGuarantees inFile = header.guarantees();
    SegmentRefinement refinement =
        guarantees == null || inFile == null
            ? null
            : new SegmentRefinement(segment, guarantees, inFile, context, codecs);
    Segment rounded = scaled.rounded(segment, codecs, known);
    encoders.forEach(encoder -> encoder.encode(rounded, codecs, coded));
    scaled.correct(segment, rounded, codecs, coded);
    return refinement == null ? new int[segment.blocks()] : refinement.encode(coded);
  }

  private void write(
      Segment segment,
      int block,
      long seed,
      EventOrdinals ordinals,
      int refined,
      CodedStream[] coded,
      KnownColumns known,
      ByteWriter body,
      ContainerWriter out)
      throws IOException {
    int[] entries = new int[header.schema().groups().size()];
    for (int group = 0; group < entries.length; group++) {
      int[] starts = segment.starts(group);
      entries[group] = starts[block + 1] - starts[block];
    }
    body.clear();
    int[] lengths = new int[streams];
    List<ColumnStatistics> columns = new ArrayList<>();
    for (int stream = 0; stream < streams; stream++) {
      CodedStream bytes = coded[stream];
      bytes.write(block, body);
      lengths[stream] = bytes.length(block);
      if (stream >= lists && stream < header.firstLatentStream(0)) {
        int column = stream - lists;
        String name = header.schema().columns().get(column).name();
        columns.add(known.statistics(column, name, bytes.statistics().get(block)));
      }
    }
    out.block(seed, ordinals, entries, refined, body, lengths, columns);
  }
}
