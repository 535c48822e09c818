package org.jetfold.cli.compress;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.Failures;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.console.TextTable;
import org.jetfold.cli.console.TextTable.Side;
import org.jetfold.cli.file.CompressedInput;
import org.jetfold.cli.file.FileNames;
import org.jetfold.cli.file.SelectedSource;
import org.jetfold.cli.option.ModelOptions;
import org.jetfold.cli.option.ReadingOptions;
import org.jetfold.cli.option.SelectionOptions;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.selection.Selection;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.ValueType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jetfold head}. */
@Command(
    name = "head",
    description =
        "Prints the first events of a table, or its first rows. Of a compressed file, only the"
            + " blocks that have them are read.",
    footerHeading = "%nExamples%n",
    footer = {
      "  jetfold head jets.jetf",
      "  jetfold head jets.jetf --columns pt,eta --where 'pt > 500e3'",
      "  jetfold head jets.jetf --events 1000: -n 3",
      "  jetfold head events.root:CollectionTree --collection AnalysisJets",
    })
public final class HeadCommand implements Callable<Integer> {
  private final Streams streams;

  @Parameters(paramLabel = "FILE", description = "A compressed file, or a table (${formats}).")
  String input = "";

  @Option(
      names = "-n",
      paramLabel = "N",
      description = "How many events, or rows of a flat table. Default: ${DEFAULT-VALUE}.")
  int number = 10;

  @Mixin SelectionOptions selecting = new SelectionOptions();
  @Mixin ModelOptions needed = new ModelOptions();
  @Mixin ReadingOptions reading = new ReadingOptions();

  public HeadCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    if (number < 1) {
      throw CommandFailure.usage("-n must be at least 1, was " + number);
    }
    Selection selection = selecting.selection();
    String shown = FileNames.shown(input);
    if (reading.from == null && FileNames.isCompressed(input)) {
      try (CompressedInput in = CompressedInput.open(input, 1, needed.models, streams)) {
        selecting.check(in.name(), in.schema());
        Projection projection =
            ColumnSelection.ofCompressed(reading).resolve(in.name(), in.schema());
        try (TableSource table = in.read(projection, selection)) {
          print(table, selection);
        }
      }
      return ExitCode.OK;
    }
    try (TableSource table = reading.open(input, 1, streams)) {
      selecting.check(shown, table.schema());
      print(new SelectedSource(table, selection), selection);
    } catch (IOException | JetfoldException e) {
      throw Failures.about(shown, e);
    }
    return ExitCode.OK;
  }

  private void print(TableSource source, Selection selection) throws IOException {
    List<Table> pieces = new ArrayList<>();
    int left = number;
    for (Table piece = source.next(number);
        piece != null;
        piece = left > 0 ? source.next(left) : null) {
      Table some = piece.rootEntries() > left ? piece.slice(0, left) : piece;
      pieces.add(some);
      left -= some.rootEntries();
    }
    Schema schema = source.schema();
    Table table = pieces.isEmpty() ? Table.empty(schema) : Table.joined(pieces);
    streams.print(String.join("\n", lines(table, selection)));
    List<String> others = new ArrayList<>();
    for (int group = 2; group < schema.groups().size(); group++) {
      others.add(schema.groups().get(group).name());
    }
    if (!others.isEmpty()) {
      streams.say(
          "not shown: %s; choose the columns of one collection with --columns"
              .formatted(String.join(", ", others)));
    }
  }

  /** A line for each object of the first collection, with its event's values; or for each row. */
  private static List<String> lines(Table table, Selection selection) {
    Schema schema = table.schema();
    List<QualifiedColumn> names = QualifiedColumn.all(schema);
    List<Integer> shown = new ArrayList<>();
    for (int column = 0; column < names.size(); column++) {
      if (schema.groupOf(column) <= 1) {
        shown.add(column);
      }
    }
    boolean hasEvents = schema.hasEvents();
    // Which events meet a condition is not known by their numbers.
    boolean isNumbered = selection.condition().isEmpty();
    List<String> head = new ArrayList<>();
    if (hasEvents) {
      head.add(isNumbered ? "event" : "");
    }
    shown.forEach(column -> head.add(Streams.printable(names.get(column).path())));
    Side[] sides = new Side[head.size()];
    Arrays.fill(sides, Side.RIGHT);
    TextTable text = new TextTable(sides);
    text.line(head.toArray(String[]::new));
    text.rule();
    for (int event = 0; event < table.rootEntries(); event++) {
      int from = hasEvents ? table.offsets(1)[event] : event;
      int to = hasEvents ? table.offsets(1)[event + 1] : event + 1;
      for (int object = from; object < Math.max(to, from + 1); object++) {
        List<String> cells = new ArrayList<>();
        if (hasEvents) {
          cells.add(
              object == from ? isNumbered ? String.valueOf(selection.from() + event) : "•" : "");
        }
        for (int column : shown) {
          boolean ofEvent = hasEvents && schema.groupOf(column) == 0;
          cells.add(
              ofEvent
                  ? object == from ? cell(table, column, event) : ""
                  : object < to ? cell(table, column, object) : "");
        }
        text.line(cells.toArray(String[]::new));
      }
    }
    return text.lines();
  }

  private static String cell(Table table, int column, int entry) {
    return switch (table.values(column)) {
      case ColumnValues.Floats(float[] floats) -> Float.toString(floats[entry]);
      case ColumnValues.Doubles(double[] doubles) -> Double.toString(doubles[entry]);
      case ColumnValues.Integers(long[] integers) ->
          table.schema().columns().get(column).type() == ValueType.UINT64
              ? Long.toUnsignedString(integers[entry])
              : Long.toString(integers[entry]);
    };
  }
}
