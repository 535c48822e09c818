package org.jetfold.cli;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.ListResourceBundle;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jetfold.cli.compare.CompareCommand;
import org.jetfold.cli.compress.CompressCommand;
import org.jetfold.cli.compress.DecompressCommand;
import org.jetfold.cli.compress.HeadCommand;
import org.jetfold.cli.compress.ReduceCommand;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.Failures;
import org.jetfold.cli.console.Interruption;
import org.jetfold.cli.console.ProgramVersion;
import org.jetfold.cli.console.StandardError;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.console.TemporaryFolder;
import org.jetfold.cli.demo.DemoCommand;
import org.jetfold.cli.inspect.InspectCommand;
import org.jetfold.cli.inspect.ListCommand;
import org.jetfold.cli.inspect.VerifyCommand;
import org.jetfold.cli.study.EvaluateCommand;
import org.jetfold.cli.study.StudyCommand;
import org.jetfold.cli.study.TuneCommand;
import org.jetfold.cli.train.BenchCommand;
import org.jetfold.cli.train.ExportCommand;
import org.jetfold.cli.train.ScanCommand;
import org.jetfold.cli.train.TrainCommand;
import org.jetfold.tables.TableFormats;
import org.jetfold.tables.format.TableFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code jetfold} command and the list of its subcommands. */
@Command(
    name = "jetfold",
    description = "Makes tables of physics measurements small, and says exactly how much was lost.",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = ProgramVersion.class,
    footerHeading = "%nExamples%n",
    footer = {
      "  jetfold demo",
      "  jetfold compress jets.npz --precision 'pt=rel:0.004,eta=abs:0.001,*=bits:10'",
      "  jetfold inspect jets.jetf",
      "  jetfold decompress jets.jetf -o back.parquet --columns pt,eta",
      "  jetfold verify jets.jetf jets.npz",
      "  jetfold evaluate jets.npz jets.jetf --report report.html",
      "",
      "Exit codes: 0 all is well; 1 a bound or limit is violated, or the data is not what was"
          + " asked",
      "for; 2 the command line is wrong; 3 a file is missing, unreadable or damaged, or cannot be",
      "written. 'jetfold COMMAND --help' lists the options of a command.",
    })
public final class Jetfold implements Runnable {
  private static final int HELP_WIDTH = 100;
  private static final List<String> VERSION_OPTIONS = List.of("-V", "--version");

  @Spec @Nullable CommandSpec spec;

  private Jetfold() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // Numbers are written the same way everywhere, whatever the user's language.
    Locale.setDefault(Locale.ROOT);
    StandardError.restore();
    Interruption interruption = Interruption.watch(Thread.currentThread());
    int exitCode;
    try (TemporaryFolder _ = TemporaryFolder.ofProcess()) {
      exitCode = run(Streams.ofProcess(), arguments);
    }
    interruption.ended();
    System.exit(exitCode);
  }

  /** Runs a command. */
  static int run(Streams streams, String... arguments) {
    try {
      if (arguments.length == 1 && VERSION_OPTIONS.contains(arguments[0])) {
        // Without the parser and all subcommands, which take longer to load than all else.
        List.of(new ProgramVersion().getVersion()).forEach(printer(streams)::println);
        return 0;
      }
      String[] command = withoutHelpCommand(arguments);
      return commandLine(streams, subcommands(command)).execute(command);
    } catch (RuntimeException | Error e) {
      return Failures.report(Failures.of(e), streams);
    }
  }

  /** {@code help study dimension} is {@code study dimension --help}. */
  private static String[] withoutHelpCommand(String[] arguments) {
    if (arguments.length < 2 || !arguments[0].equals("help") || arguments[1].startsWith("-")) {
      return arguments;
    }
    List<String> command = new ArrayList<>(List.of(arguments).subList(1, arguments.length));
    if (SUBCOMMANDS.stream().anyMatch(known -> known.name().equals(arguments[1]))) {
      command.add("--help");
    }
    return command.toArray(String[]::new);
  }

  private static PrintWriter printer(Streams streams) {
    return new PrintWriter(new OutputStreamWriter(streams.out(), StandardCharsets.UTF_8), true);
  }

  /** A subcommand, made only when it is called: to find the options of all takes a while. */
  private record Subcommand(Class<?> type, Function<Streams, Object> create) {
    String name() {
      return Objects.requireNonNull(type.getAnnotation(Command.class)).name();
    }
  }

  private static final List<Subcommand> SUBCOMMANDS =
      List.of(
          new Subcommand(DemoCommand.class, DemoCommand::new),
          new Subcommand(ListCommand.class, ListCommand::new),
          new Subcommand(CompressCommand.class, CompressCommand::new),
          new Subcommand(TrainCommand.class, TrainCommand::new),
          new Subcommand(ScanCommand.class, ScanCommand::new),
          new Subcommand(ExportCommand.class, ExportCommand::new),
          new Subcommand(BenchCommand.class, BenchCommand::new),
          new Subcommand(DecompressCommand.class, DecompressCommand::new),
          new Subcommand(HeadCommand.class, HeadCommand::new),
          new Subcommand(ReduceCommand.class, ReduceCommand::new),
          new Subcommand(InspectCommand.class, InspectCommand::new),
          new Subcommand(VerifyCommand.class, VerifyCommand::new),
          new Subcommand(EvaluateCommand.class, EvaluateCommand::new),
          new Subcommand(TuneCommand.class, TuneCommand::new),
          new Subcommand(CompareCommand.class, CompareCommand::new),
          new Subcommand(StudyCommand.class, StudyCommand::commandLine));

  /** The command that the arguments begin with, or all of them where they begin otherwise. */
  private static List<Subcommand> subcommands(String[] arguments) {
    List<Subcommand> named =
        SUBCOMMANDS.stream()
            .filter(command -> arguments.length > 0 && command.name().equals(arguments[0]))
            .toList();
    return named.isEmpty() ? SUBCOMMANDS : named;
  }

  /**
   * The whole command with all subcommands, as help pages and the completion of shells describe it.
   */
  public static CommandLine commandLine(Streams streams) {
    return commandLine(streams, SUBCOMMANDS);
  }

  private static CommandLine commandLine(Streams streams, List<Subcommand> subcommands) {
    CommandLine commands = new CommandLine(new Jetfold());
    for (Subcommand command : subcommands) {
      commands.addSubcommand(command.create().apply(streams));
    }
    addHelp(commands);
    commands.addSubcommand(new CommandLine.HelpCommand());
    // Only --precision reads its rules from a file.
    commands.setExpandAtFiles(false);
    commands.getCommandSpec().addOption(versionOption());
    commands.setResourceBundle(new Formats());
    return commands
        .setOut(printer(streams))
        .setErr(new PrintWriter(streams.err(), true, StandardCharsets.UTF_8))
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(streams.outIsTerminal() ? Ansi.ON : Ansi.OFF))
        .setUsageHelpWidth(HELP_WIDTH)
        .registerConverter(String.class, Jetfold::unquoted)
        .setParameterExceptionHandler((e, _) -> Failures.report(usage(e), streams))
        .setExecutionExceptionHandler((e, _, _) -> Failures.report(Failures.of(e), streams));
  }

  /** What help texts say of the formats, from the list of all. */
  private static final class Formats extends ListResourceBundle {
    @Override
    protected Object[][] getContents() {
      return new Object[][] {
        {"formats", listed(TableFormats.all(), TableFormat::name)},
        {"format-names", listed(TableFormats.all(), TableFormat::shortName)},
        {"written-formats", listed(TableFormats.written(), TableFormat::shortName)}
      };
    }

    private static String listed(List<TableFormat> formats, Function<TableFormat, String> name) {
      List<String> all = formats.stream().map(name).toList();
      return String.join(", ", all.subList(0, all.size() - 1)) + " or " + all.getLast();
    }
  }

  /** A name without quotes around it; in a list they may hold commas. */
  private static String unquoted(String text) {
    boolean isQuoted = text.length() > 2 && text.startsWith("\"") && text.endsWith("\"");
    return isQuoted && text.indexOf('"', 1) == text.length() - 1
        ? text.substring(1, text.length() - 1)
        : text;
  }

  private static void addHelp(CommandLine command) {
    command.getSubcommands().values().forEach(Jetfold::addHelp);
    command
        .getCommandSpec()
        .addOption(
            CommandLine.Model.OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help.")
                .build());
  }

  private static CommandLine.Model.OptionSpec versionOption() {
    return CommandLine.Model.OptionSpec.builder(VERSION_OPTIONS.toArray(String[]::new))
        .versionHelp(true)
        .description("Show the version.")
        .build();
  }

  private static CommandFailure usage(ParameterException e) {
    CommandLine command = e.getCommandLine();
    String message = String.valueOf(e.getMessage());
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      String argument = unmatched.getUnmatched().getFirst();
      String kind =
          unmatched.isUnknownOption()
              ? "option"
              : command.getSubcommands().isEmpty() ? "argument" : "command";
      List<String> near = unmatched.getSuggestions();
      message =
          "there is no %s '%s'".formatted(kind, argument)
              + (near.isEmpty() || kind.equals("argument")
                  ? ""
                  : "; did you mean " + String.join(" or ", near) + "?");
    }
    return CommandFailure.usage(
        "%s (see '%s --help')"
            .formatted(
                message.lines().findFirst().orElse(""), command.getCommandSpec().qualifiedName()));
  }

  @Override
  public void run() {
    CommandSpec known = spec;
    if (known != null) {
      known.commandLine().usage(known.commandLine().getOut());
    }
  }
}
