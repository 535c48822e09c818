package org.jetfold.codec.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A model's file, sections 12.1 and 12.2.
 *
 * @param events whether rows belong to events
 * @param hidden H
 * @param components k
 * @param places that are told apart
 * @param contexts what is known of rows before
 * @param contextCells one a context
 * @param columns as they stand in the file
 * @param cells one a column
 * @param weights F, f, S, s, O, K and o
 */
record LearnedModel(
    boolean events,
    int hidden,
    int components,
    int places,
    List<Context> contexts,
    List<Cells> contextCells,
    List<Column> columns,
    List<Cells> cells,
    float[][] weights) {
  private static final byte[] MAGIC = HexFormat.of().parseHex("8A4A45544D0D0A1A");
  private static final int MAX_LEAVES = 16384;
  private static final int MAX_WEIGHTS = 1 << 26;
  private static final long MAX_STEPS = 1 << 24;
  private static final float LARGEST = 1 << 20;

  /**
   * What is known of rows.
   *
   * @param levels above the rows
   * @param list of what is there; null without one
   * @param place p; 0 for the number of entries, whose type is 4
   */
  record Context(int levels, String list, int place, String name, int type) {
    static Context value(ByteCursor in) {
      return new Context((int) in.varint(16), null, 0, in.string(), in.u8());
    }

    static Context ofList(ByteCursor in) {
      int levels = (int) in.varint(16);
      String list = in.string();
      int place = (int) in.varint(64);
      return place == 0
          ? new Context(levels, list, 0, "", 4)
          : new Context(levels, list, place, in.string(), in.u8());
    }

    boolean isRight() {
      return type >= 1 && type <= 11 && (levels > 0 || (list != null && place == 0));
    }

    /** As a column of bits:7, or of integers. */
    HeaderFields.Column described() {
      boolean isFloat = type == 10 || type == 11;
      return new HeaderFields.Column(0, name, type, 0, "", isFloat ? 1 : 0, isFloat ? 7 : 0, 0);
    }

    SegmentValues symbols() {
      return new SegmentValues(described(), SegmentValues.Fields.NONE);
    }
  }

  /** What the model says of a column; the fields are those of section 7.2 but the range. */
  record Column(String name, int type, HeaderFields.Setting setting, SegmentValues.Fields fields) {
    /** The symbols of a column of a file, with the range that a segment states. */
    SegmentValues symbols(HeaderFields.Column column, SegmentValues.Fields ofSegment) {
      return new SegmentValues(
          column,
          new SegmentValues.Fields(
              fields.spikes(), fields.dithered(), ofSegment.lowest(), ofSegment.highest()));
    }

    HeaderFields.Column described() {
      return new HeaderFields.Column(0, name, type, 0, "", setting.precision(), setting.value(), 0);
    }
  }

  static LearnedModel read(byte[] file) {
    ByteCursor in = new ByteCursor(file, 0, file.length);
    if (!Arrays.equals(in.bytes(8), MAGIC) || in.u8() != 1) {
      throw in.damaged("no model, or one of another version");
    }
    in.u8();
    long check = in.u32();
    CRC32C crc = new CRC32C();
    crc.update(file, in.offset(), in.remaining());
    if (crc.getValue() != check || in.u8() != 1) {
      throw in.damaged("a model's checksum, or its kind");
    }
    in.string();
    int flags = in.u8();
    boolean events = (flags & 1) != 0;
    if ((flags & 2) != 0) {
      in.string();
    }
    int places = events ? 8 : 0;
    List<Context> contexts = new ArrayList<>();
    if ((flags & 4) != 0) {
      places = (int) in.varint(64);
      int count = (int) in.varint(256);
      for (int c = 0; c < count; c++) {
        contexts.add(Context.value(in));
      }
    }
    if ((flags & 8) != 0) {
      int count = (int) in.varint(256 - contexts.size());
      for (int c = 0; c < count; c++) {
        contexts.add(Context.ofList(in));
      }
    }
    if (!contexts.stream().allMatch(Context::isRight)) {
      throw in.damaged("a context");
    }
    int hidden = (int) in.varint(16384);
    int components = (int) in.varint(64);
    int columnCount = (int) in.varint(4096);
    if (flags > 15 || places > 0 != events || components == 0 || columnCount == 0) {
      throw in.damaged("a model's shape");
    }
    List<Column> columns = new ArrayList<>();
    for (int j = 0; j < columnCount; j++) {
      String name = in.string();
      int type = in.u8();
      if (type < 1 || type > 11) {
        throw in.damaged("a column of an unknown type");
      }
      HeaderFields.Setting setting = HeaderFields.Setting.read(in, type);
      columns.add(new Column(name, type, setting, SegmentValues.Fields.NONE));
    }
    CodedBits scales = new CodedBits(in.bytes(in.varint(Integer.MAX_VALUE)));
    for (int j = 0; j < columnCount; j++) {
      Column column = columns.get(j);
      if (column.described().hasSegmentFields()) {
        SegmentValues.Fields fields =
            SegmentValues.readOfModel(scales, column.described(), in.offset());
        columns.set(j, new Column(column.name(), column.type(), column.setting(), fields));
      }
    }
    byte[] described = in.bytes(in.varint(Integer.MAX_VALUE));
    List<Leaves> distributions =
        Leaves.readRun(described, in.offset(), columnCount + contexts.size());
    List<Cells> cells = new ArrayList<>();
    for (int j = 0; j < columnCount; j++) {
      Leaves leaves = distributions.get(j);
      boolean right =
          leaves.reference() != 1
              && leaves.reference() - 2 < j
              && leaves.grid() == 0
              && leaves.hasEscape()
              && leaves.count() > 0
              && leaves.count() <= MAX_LEAVES;
      if (!right) {
        throw in.damaged("a distribution that a model cannot have");
      }
      SegmentValues symbols =
          columns.get(j).symbols(columns.get(j).described(), SegmentValues.Fields.NONE);
      cells.add(new Cells(leaves, symbols));
    }
    List<Cells> contextCells = new ArrayList<>();
    for (int c = 0; c < contexts.size(); c++) {
      Leaves leaves = distributions.get(columnCount + c);
      boolean right = leaves.reference() == 0 && leaves.grid() == 0 && leaves.hasEscape();
      if (!right || leaves.count() == 0 || leaves.count() > MAX_LEAVES) {
        throw in.damaged("a distribution that a context cannot have");
      }
      contextCells.add(new Cells(leaves, contexts.get(c).symbols()));
    }
    LearnedModel shape =
        new LearnedModel(
            events,
            hidden,
            components,
            places,
            contexts,
            contextCells,
            columns,
            cells,
            new float[0][]);
    float[][] weights = readWeights(in, shape.lengths(in));
    if (in.remaining() > 0) {
      readRecord(in, columnCount);
    }
    in.expectEnd();
    return new LearnedModel(
        events, hidden, components, places, contexts, contextCells, columns, cells, weights);
  }

  private static void readRecord(ByteCursor in, int columns) {
    boolean right = in.u8() <= 2;
    for (int j = 0; j < columns; j++) {
      right &= in.u8() <= 1;
      float bits = Float.intBitsToFloat((int) in.u32());
      right &= bits >= 0 && bits < Float.POSITIVE_INFINITY;
    }
    if (!right) {
      throw in.damaged("a record of a training");
    }
  }

  /** P. */
  int placeInputs() {
    return (events ? places + 10 : 0) + 2 * contexts.size();
  }

  /** E. */
  int otherInputs() {
    return events ? 4 : 0;
  }

  /** I_j. */
  int inputs(int j) {
    return placeInputs() + otherInputs() * (j + 1) + 2 * j;
  }

  /** u_j. */
  int firstUnit(int j) {
    return (int) ((long) hidden * j / columns.size());
  }

  private int[] lengths(ByteCursor in) {
    long[] lengths = new long[7];
    for (int j = 0; j < columns.size(); j++) {
      long added = (long) firstUnit(j + 1) - firstUnit(j);
      lengths[0] += added * inputs(j);
      lengths[1] += added;
      lengths[2] += added * firstUnit(j + 1);
      lengths[3] += added;
      lengths[4] += 3L * components * firstUnit(j + 1);
      lengths[5] += 3L * components * inputs(j);
      lengths[6] += 3L * components;
    }
    int[] allowed = new int[7];
    for (int a = 0; a < 7; a++) {
      if (lengths[a] > MAX_WEIGHTS) {
        throw in.damaged("too many weights");
      }
      allowed[a] = (int) lengths[a];
    }
    return allowed;
  }

  private static float[][] readWeights(ByteCursor in, int[] lengths) {
    byte[] described = in.bytes(in.varint(Integer.MAX_VALUE));
    List<Leaves> distributions = Leaves.readRun(described, in.offset(), 7);
    float[][] weights = new float[7][];
    for (int a = 0; a < 7; a++) {
      float step = Float.intBitsToFloat((int) in.u32());
      byte[] stream = in.bytes(in.varint(Integer.MAX_VALUE));
      if (distributions.get(a).reference() != 0 || !(step > 0 && step <= LARGEST)) {
        throw in.damaged("weights with a reference, or of a wrong step");
      }
      long[] multiples =
          SymbolStream.decode(
              new ByteCursor(stream, 0, stream.length),
              distributions.get(a),
              lengths[a],
              new long[0]);
      weights[a] = new float[lengths[a]];
      for (int i = 0; i < lengths[a]; i++) {
        weights[a][i] = multiples[i] * step;
        if (multiples[i] < -MAX_STEPS
            || multiples[i] > MAX_STEPS
            || Math.abs(weights[a][i]) > LARGEST) {
          throw in.damaged("a weight is too large");
        }
      }
    }
    return weights;
  }
}
