package org.jetfold.codec;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jetfold.codec.file.FileGuarantees;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.file.FileHeader.ColumnCoding;
import org.jetfold.codec.file.FileHeader.ModelReference;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.pipeline.EventCopier;
import org.jetfold.codec.pipeline.TableEncoder;
import org.jetfold.codec.precision.Loss;
import org.jetfold.codec.precision.PrecisionRules;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.selection.Selection;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jspecify.annotations.Nullable;

/**
 * Makes one {@code .jetf} file of several, or of chosen events. {@link #copy} changes no value: it
 * copies blocks, and codes only those again that it must cut. {@link #recode} compresses what was
 * restored once more; the file then says what was lost before.
 *
 * <p>The files stay open, and are the caller's. Not thread-safe.
 */
public final class FileMerger {
  private final List<Decompressor> files;
  private final Selection selection;
  private @Nullable EventCopier copier;

  /**
   * Events of files, one file behind the other.
   *
   * @param files at least one, all with one schema
   * @param selection of the events of all files, numbered from one to the next
   */
  public FileMerger(List<Decompressor> files, Selection selection) {
    this.files = List.copyOf(files);
    this.selection = selection;
  }

  /**
   * The first thing that keeps two files from being copied into one, as the end of a sentence about
   * the second; empty where nothing does.
   */
  public static Optional<String> difference(FileHeader first, FileHeader second) {
    return columnDifference(first.schema(), second.schema())
        .or(() -> precisionDifference(first, second))
        .or(() ->
            Objects.equals(first.guarantees(), second.guarantees())
                ? Optional.empty()
                : Optional.of("its bounds on computed quantities are not those of the first file"))
        .or(() -> modelDifference(first, second));
  }

  /** The same, but for precisions and models: what keeps two files from being one table. */
  public static Optional<String> columnDifference(Schema first, Schema second) {
    List<QualifiedColumn> columns = QualifiedColumn.all(first);
    List<QualifiedColumn> others = QualifiedColumn.all(second);
    for (int column = 0; column < Math.max(columns.size(), others.size()); column++) {
      String here = column < columns.size() ? described(columns.get(column)) : "no more columns";
      String there = column < others.size() ? described(others.get(column)) : "no more columns";
      if (!here.equals(there)) {
        return Optional.of("it has %s where the first file has %s".formatted(there, here));
      }
    }
    return first.equals(second)
        ? Optional.empty()
        : Optional.of("its collections, or the units or flags of its columns are others");
  }

  private static String described(QualifiedColumn column) {
    return "column %s of type %s".formatted(column.path(), column.column().type());
  }

  private static Optional<String> precisionDifference(FileHeader first, FileHeader second) {
    List<QualifiedColumn> names = QualifiedColumn.all(first.schema());
    return IntStream.range(0, names.size())
        .filter(column -> !first.precisions().get(column).equals(second.precisions().get(column)))
        .mapToObj(column ->
            "column %s has precision %s, and %s in the first file"
                .formatted(
                    names.get(column).path(),
                    second.precisions().get(column),
                    first.precisions().get(column)))
        .findFirst();
  }

  private static Optional<String> modelDifference(FileHeader first, FileHeader second) {
    List<ModelReference> models = first.models();
    List<ModelReference> others = second.models();
    if (models.size() != others.size()) {
      return Optional.of(
          others.isEmpty()
              ? "it is coded without a learned model, and the first file with one"
              : "it is coded with a learned model, and the first file without one");
    }
    for (int number = 0; number < models.size(); number++) {
      if (!models.get(number).hash().equals(others.get(number).hash())) {
        return Optional.of(
            "it is coded with the model %s, and the first file with %s"
                .formatted(others.get(number).hash(), models.get(number).hash()));
      }
      if (models.get(number).kind() != others.get(number).kind()
          || !Objects.equals(models.get(number).latents(), others.get(number).latents())) {
        return Optional.of("its latents are stored in another way than those of the first file");
      }
    }
    return codings(first).equals(codings(second))
        ? Optional.empty()
        : Optional.of("its model codes other columns than that of the first file");
  }

  private static List<Integer> codings(FileHeader header) {
    return header.columns().stream().map(ColumnCoding::coding).toList();
  }

  /** Some columns of the chosen events, restored. */
  public TableSource read(Projection projection) throws IOException {
    List<TableSource> tables = new ArrayList<>();
    long before = 0;
    for (Decompressor file : files) {
      tables.add(file.read(projection, selection.behind(before)));
      before += file.footer().totals().getFirst();
    }
    return new TableSource() {
      private int current;

      @Override
      public Schema schema() {
        return projection.schema();
      }

      @Override
      public @Nullable Table next(int rows) throws IOException {
        Table piece = null;
        while (current < tables.size() && piece == null) {
          piece = tables.get(current).next(rows);
          current += piece == null ? 1 : 0;
        }
        return piece;
      }

      @Override
      public void close() throws IOException {
        for (TableSource table : tables) {
          table.close();
        }
      }
    };
  }

  /**
   * A plan to compress restored values again.
   *
   * @param projection the columns that stay
   * @param rules of columns that are to lose more; null to keep the precisions of the files, or
   *     those that the models were trained for
   * @param models learned models; may be none
   * @throws org.jetfold.codec.precision.PrecisionException where a precision is finer than that of
   *     the files; its message names the columns
   * @throws org.jetfold.codec.model.ModelException where a model does not suit the table or the
   *     precisions; its message names the columns
   * @return a plan with a seed that is none of the files', for events that get other phases
   */
  public Compression plan(Projection projection, @Nullable PrecisionRules rules, ModelUse... models)
      throws IOException {
    List<List<ColumnCoding>> stored =
        files.stream()
            .map(file ->
                projection.columns().stream()
                    .map(column -> file.header().columns().get(column))
                    .toList())
            .toList();
    Schema schema = projection.schema();
    // Refined events do not lie on the grid of their columns.
    Set<Integer> refined = new HashSet<>();
    for (Decompressor file : files) {
      FileGuarantees guarantees = file.header().guarantees();
      if (guarantees != null) {
        guarantees
            .refinedColumns()
            .forEach(column -> refined.add(projection.columns().indexOf(column)));
      }
    }
    Compression plan =
        Compression.ofRestored(
            schema,
            new StoredColumns(
                stored, schema.columns().stream().map(Column::type).toList(), refined),
            rules,
            List.of(models));
    long seed = -1;
    for (Decompressor file : files) {
      seed = Math.max(seed, file.header().isDithered() ? file.seed() : -1);
    }
    return plan.withSeed(seed + 1);
  }

  /**
   * Copies the chosen events. Every value comes back as the same bits as from its file.
   *
   * @param progress is told now and then how many rows or events are done
   * @throws IllegalArgumentException where {@link #difference} finds some
   * @throws org.jetfold.codec.selection.CutBlockException where a block must be cut whose columns
   *     an autoencoder codes, or some of whose events are refined
   */
  public Compressor.Summary copy(OutputStream out, LongConsumer progress) throws IOException {
    for (Decompressor file : files) {
      difference(files.getFirst().header(), file.header())
          .ifPresent(difference -> {
            throw new IllegalArgumentException("a file cannot be copied: " + difference);
          });
    }
    return Compressor.Summary.of(copier(progress).copy(mergedHeader(), out));
  }

  private EventCopier copier(LongConsumer progress) throws IOException {
    List<EventCopier.Input> inputs = new ArrayList<>();
    for (Decompressor file : files) {
      inputs.add(file.input());
    }
    EventCopier made = new EventCopier(inputs, selection, files.getFirst().workers(), progress);
    copier = made;
    return made;
  }

  /** The number of the file that could not be read, where a failure was that of one file. */
  public Optional<Integer> failed() {
    return Optional.ofNullable(copier).map(EventCopier::failed).filter(number -> number >= 0);
  }

  /**
   * The header of all files: it names every program that made one, holds a model where one of them
   * does, and states the largest loss of each column.
   */
  private FileHeader mergedHeader() {
    FileHeader first = files.getFirst().header();
    List<FileHeader> headers = files.stream().map(Decompressor::header).toList();
    String producers =
        headers.stream().map(FileHeader::producer).distinct().collect(Collectors.joining(", "));
    List<ModelReference> models = new ArrayList<>();
    for (int number = 0; number < first.models().size(); number++) {
      ModelReference model = first.models().get(number);
      boolean embedded = false;
      for (FileHeader header : headers) {
        embedded |= header.models().get(number).embedded();
      }
      models.add(new ModelReference(model.kind(), model.hash(), embedded, model.latents()));
    }
    List<Loss> earlier = new ArrayList<>();
    for (int column = 0; column < first.columns().size(); column++) {
      Loss largest = Loss.NONE;
      for (FileHeader header : headers) {
        largest = largest.orLarger(header.columns().get(column).earlier());
      }
      earlier.add(largest);
    }
    return new FileHeader(producers, models, first.schema(), first.columns(), first.guarantees())
        .withEarlier(earlier);
  }

  /**
   * Compresses the restored values of the chosen events once more. Columns whose precision stays
   * the same come back as the same bits as from their files, but for refined ones. What the files
   * promise of computed quantities is not promised any more.
   *
   * @param plan from {@link #plan}
   * @param projection the columns that stay, those of the plan
   * @param out takes the file, and is not closed
   * @param progress is told now and then how many rows or events are done
   * @throws org.jetfold.codec.model.ModelException where the values are not for the plan's model
   */
  public Compressor.Summary recode(
      Compression plan, Projection projection, OutputStream out, LongConsumer progress)
      throws IOException {
    EventCopier copier = copier(progress);
    StoredColumns before = plan.before();
    TableEncoder encoder = new TableEncoder(plan.coding(), files.getFirst().workers(), true, out);
    return Compressor.Summary.of(
        copier.recode(
            projection,
            before.unchanged(plan.precisions().columns()),
            before.keepsPhases(plan.precisions().columns()),
            encoder));
  }
}
