package org.jetfold.codec.reference;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a header says, section 4.
 *
 * @param producer program and version
 * @param models all models
 * @param groups in their order, depth first
 * @param columns in their order
 * @param guarantees null where there are none
 */
public record HeaderFields(
    String producer,
    List<Model> models,
    List<Group> groups,
    List<Column> columns,
    Guarantees guarantees) {
  private static final int DEEPEST = 16;
  private static final int FLOAT32 = 10;
  private static final int FLOAT64 = 11;

  /** A header without guarantees. */
  public HeaderFields(
      String producer, List<Model> models, List<Group> groups, List<Column> columns) {
    this(producer, models, groups, columns, null);
  }

  /** A bound on a quantity. */
  public record Bound(String quantity, String expression, int kind, long value) {}

  /** What is promised of computed quantities, and which columns are refined. */
  public record Guarantees(String jets, List<Bound> bounds, List<Integer> refined) {}

  /** A precision: its number, and the mantissa bits or the bits of the bound. */
  public record Setting(int precision, long value) {
    static Setting read(ByteCursor in, int type) {
      int precision = in.u8();
      long value =
          switch (precision) {
            case 0 -> 0;
            case 1 -> in.u8();
            case 2, 3, DITHERED_RELATIVE, DITHERED_ABSOLUTE, SCALED -> in.u64();
            case SNAPPED_RELATIVE, SNAPPED_ABSOLUTE -> in.u64();
            case 4 -> 0;
            case STEP -> readStep(in);
            default -> throw in.damaged("a precision is unknown");
          };
      double bound = Double.longBitsToDouble(value);
      boolean sensible =
          switch (precision) {
            case 0, MEASURED -> true;
            case 1 -> value >= 1 && value <= (type == FLOAT32 ? 23 : 52);
            case 2 -> bound > 0 && bound < 1;
            case DITHERED_RELATIVE, SNAPPED_RELATIVE -> bound > 0 && bound <= 0.25;
            case STEP -> true;
            default -> bound > 0 && bound < Double.POSITIVE_INFINITY;
          };
      if (!sensible || (precision != 0 && type < FLOAT32)) {
        throw in.damaged("a column cannot have this precision");
      }
      return new Setting(precision, value);
    }

    /** Reads a step: u in the low half, p in the high one. */
    private static long readStep(ByteCursor in) {
      long u = in.varint(Integer.MAX_VALUE);
      long p = in.zigzag();
      boolean right = u >= 1 && u <= 999_999 && u % 10 != 0 && p >= -15 && p <= 20;
      if (right) {
        BigDecimal step = BigDecimal.valueOf(u, (int) p);
        right =
            step.compareTo(new BigDecimal("1e-15")) >= 0
                && step.compareTo(new BigDecimal("1e15")) <= 0;
      }
      if (!right) {
        throw in.damaged("a step that no column can have");
      }
      return p << 32 | u;
    }

    boolean isDithered() {
      return precision == DITHERED_RELATIVE || precision == DITHERED_ABSOLUTE || isSnapped();
    }

    boolean isSnapped() {
      return precision == SNAPPED_RELATIVE || precision == SNAPPED_ABSOLUTE;
    }
  }

  /** The precision of what an autoencoder restores. */
  public static final int MEASURED = 4;

  /** A relative bound with dither. */
  public static final int DITHERED_RELATIVE = 5;

  /** An absolute bound with dither. */
  public static final int DITHERED_ABSOLUTE = 6;

  /** A relative bound with dither, whose values are made short. */
  public static final int SNAPPED_RELATIVE = 9;

  /** An absolute bound with dither, whose values are made short. */
  public static final int SNAPPED_ABSOLUTE = 10;

  /** A bound that is a share of another column's value. */
  public static final int SCALED = 8;

  /** A decimal grid. */
  public static final int STEP = 11;

  /** A model, by its SHA-256; how many latents it has, and their precision, where it has some. */
  public record Model(int kind, String hash, boolean embedded, int latents, Setting coding) {
    /** A model without latents. */
    public Model(int kind, String hash, boolean embedded) {
      this(kind, hash, embedded, 0, new Setting(0, 0));
    }
  }

  /** A group; the root's parent is −1. */
  public record Group(String name, int parent) {}

  /** A column. {@code setting} is the mantissa bits, or the bits of the bound. */
  public record Column(
      int group,
      String name,
      int type,
      int flags,
      String unit,
      int precision,
      long setting,
      int coding) {
    boolean isFloat() {
      return type >= FLOAT32;
    }

    /** Whether the precision is that of a grid which phases shift. */
    public boolean isDithered() {
      return new Setting(precision, setting).isDithered();
    }

    /** Whether dithered values are made short. */
    boolean isSnapped() {
      return new Setting(precision, setting).isSnapped();
    }

    /** Whether it is dithered within a relative bound. */
    boolean isDitheredRelative() {
      return precision == DITHERED_RELATIVE || precision == SNAPPED_RELATIVE;
    }

    /** Whether it is dithered within an absolute bound. */
    public boolean isDitheredAbsolute() {
      return precision == DITHERED_ABSOLUTE || precision == SNAPPED_ABSOLUTE;
    }

    /** Whether T frames say more of the column than its distribution (section 7.2). */
    public boolean hasSegmentFields() {
      return isFloat() && precision != 0 && precision != MEASURED && precision != SCALED;
    }

    /** Whether T frames may say that symbols follow from decimals (section 7.2). */
    public boolean mayHaveDecimals() {
      return isFloat() && precision == 0 && coding == 0;
    }

    /** The values of an integer type lie between these. */
    public long[] integerRange() {
      return switch (type) {
        case 1 -> new long[] {0, 1};
        case 2 -> new long[] {-128, 127};
        case 3 -> new long[] {-32768, 32767};
        case 4 -> new long[] {-2147483648L, 2147483647L};
        case 6 -> new long[] {0, 255};
        case 7 -> new long[] {0, 65535};
        case 8 -> new long[] {0, 4294967295L};
        default -> new long[] {Long.MIN_VALUE, Long.MAX_VALUE};
      };
    }

    boolean isUnsigned64() {
      return type == 9;
    }
  }

  /** Whether some column is dithered. */
  public boolean isDithered() {
    return columns.stream().anyMatch(Column::isDithered);
  }

  /** The number of streams. */
  int streams() {
    return firstOfRefinement() + (guarantees == null ? 0 : 1 + guarantees.refined().size());
  }

  /** The stream of refined events, where there are guarantees. */
  int firstOfRefinement() {
    return groups.size() - 1 + columns.size() + models.stream().mapToInt(Model::latents).sum();
  }

  /** The stream of a model's first latent. */
  int firstLatent(int model) {
    return groups.size()
        - 1
        + columns.size()
        + models.subList(0, model).stream().mapToInt(Model::latents).sum();
  }

  /** The model whose latent a stream holds; −1 for other streams. */
  int modelOfStream(int stream) {
    int model = models.size() - 1;
    while (model >= 0 && (stream < firstLatent(model) || models.get(model).latents() == 0)) {
      model--;
    }
    return model;
  }

  /** The group whose entries a stream has a symbol for each. */
  int groupOfStream(int stream) {
    int model = modelOfStream(stream);
    if (model >= 0) {
      return columns.stream()
          .filter(column -> column.coding() == model + 1)
          .findFirst()
          .orElseThrow()
          .group();
    }
    return stream < groups.size() - 1
        ? groups.get(stream + 1).parent()
        : columns.get(stream - groups.size() + 1).group();
  }

  static HeaderFields read(ByteCursor in) {
    BigInteger required = in.bigVarint();
    if (required.bitLength() > 4) {
      throw FileError.unsupported("a required feature is not known");
    }
    in.bigVarint();
    String producer = in.string();
    long count = in.varint(in.remaining());
    List<Model> models = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      int kind = in.u8();
      String hash = HexFormat.of().formatHex(in.bytes(32));
      int embedded = in.u8();
      if (embedded > 1) {
        throw in.damaged("'embedded' is neither 0 nor 1");
      }
      int latents = 0;
      Setting coding = new Setting(0, 0);
      if (required.testBit(0) && kind == 2) {
        latents = (int) in.varint(1024);
        coding = Setting.read(in, FLOAT32);
        if (latents == 0 || coding.precision() >= MEASURED) {
          throw in.damaged("a model has no latents, or they are measured or dithered");
        }
      }
      models.add(new Model(kind, hash, embedded == 1, latents, coding));
    }
    HeaderFields fields = new HeaderFields(producer, models, new ArrayList<>(), new ArrayList<>());
    fields.readGroup(in, -1, 0);
    Guarantees guarantees = required.testBit(2) ? fields.readGuarantees(in) : null;
    if (required.testBit(3)) {
      fields.readEarlierLosses(in);
    }
    in.expectEnd();
    if (fields.isDithered() != required.testBit(1)) {
      throw in.damaged("a feature and the columns differ in dither");
    }
    for (int model = 0; model < models.size(); model++) {
      int coding = model + 1;
      if (models.get(model).latents() > 0
          && fields.columns().stream().noneMatch(column -> column.coding() == coding)) {
        throw in.damaged("a model has latents, and codes nothing");
      }
    }
    return new HeaderFields(producer, models, fields.groups, fields.columns, guarantees);
  }

  private Guarantees readGuarantees(ByteCursor in) {
    String jets = in.string();
    long count = in.varint(in.remaining());
    List<Bound> bounds = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (long i = 0; i < count; i++) {
      String quantity = in.string();
      String expression = in.string();
      Setting bound = Setting.read(in, FLOAT64);
      bounds.add(new Bound(quantity, expression, bound.precision(), bound.value()));
      boolean known = bound.precision() == 2 || bound.precision() == 3;
      if (quantity.isEmpty() || !names.add(quantity) || !known) {
        throw in.damaged("a guarantee has no name of its own, or a bound of another kind");
      }
    }
    long number = in.varint(columns.size());
    List<Integer> refined = new ArrayList<>();
    int before = -1;
    for (long i = 0; i < number; i++) {
      int column = (int) in.varint(columns.size() - 1);
      if (column <= before || columns.get(column).precision() == 0) {
        throw in.damaged("a column that cannot be refined");
      }
      refined.add(column);
      before = column;
    }
    if (bounds.isEmpty()) {
      throw in.damaged("no guarantees");
    }
    return new Guarantees(jets, bounds, refined);
  }

  private void readEarlierLosses(ByteCursor in) {
    boolean some = false;
    for (int i = 0; i < 2 * columns.size(); i++) {
      double loss = Double.longBitsToDouble(in.u64());
      if (!(loss >= 0)) {
        throw in.damaged("an earlier loss is negative or not a number");
      }
      some |= loss > 0;
    }
    if (!some) {
      throw in.damaged("no column has an earlier loss, and a feature says so");
    }
  }

  private String readGroup(ByteCursor in, int parent, int depth) {
    if (depth > DEEPEST) {
      throw in.damaged("groups nest too deep");
    }
    String name = in.string();
    if (name.isEmpty() != (parent < 0)) {
      throw in.damaged("the root has a name, or another group has none");
    }
    int number = groups.size();
    groups.add(new Group(name, parent));
    Set<String> names = new HashSet<>();
    Map<Column, String> bounds = new HashMap<>();
    long columnCount = in.varint(in.remaining());
    for (long i = 0; i < columnCount; i++) {
      Column column = readColumn(in, number, bounds);
      columns.add(column);
      if (!names.add(column.name())) {
        throw in.damaged("two columns of a group have one name");
      }
    }
    bounds.forEach((scaled, bound) -> checkBound(in, scaled, bound));
    Set<String> listNames = new HashSet<>();
    long listCount = in.varint(in.remaining());
    for (long i = 0; i < listCount; i++) {
      if (!listNames.add(readGroup(in, number, depth + 1))) {
        throw in.damaged("two lists of a group have one name");
      }
    }
    return name;
  }

  /** A scaled column's bound is another float column of the group: section 6.10. */
  private void checkBound(ByteCursor in, Column scaled, String name) {
    boolean right =
        columns.stream()
            .anyMatch(other ->
                other.group() == scaled.group()
                    && other.name().equals(name)
                    && other.isFloat()
                    && other.precision() != MEASURED
                    && other.precision() != SCALED);
    if (!right || scaled.coding() != 0) {
      throw in.damaged("a bound from a column that cannot be one");
    }
  }

  private Column readColumn(ByteCursor in, int group, Map<Column, String> bounds) {
    String name = in.string();
    int type = in.u8();
    int flags = in.u8();
    if (name.isEmpty() || type < 1 || type > FLOAT64 || flags > 3) {
      throw in.damaged("a column has no name, or its type or flags are unknown");
    }
    boolean integral = (flags & 1) != 0;
    if (integral && type < FLOAT32) {
      throw in.damaged("flag 0 is for float columns");
    }
    String unit = in.string();
    Setting setting = Setting.read(in, type);
    if (setting.precision() != 0 && setting.precision() != MEASURED && integral) {
      throw in.damaged("a column cannot have this precision");
    }
    String bound = setting.precision() == SCALED ? in.string() : "";
    int coding = (int) in.varint(models.size());
    if (coding == 0 && setting.precision() == MEASURED) {
      throw in.damaged("a column is measured, and no model codes it");
    }
    Column column =
        new Column(group, name, type, flags, unit, setting.precision(), setting.value(), coding);
    if (setting.precision() == SCALED) {
      bounds.put(column, bound);
    }
    return column;
  }
}
