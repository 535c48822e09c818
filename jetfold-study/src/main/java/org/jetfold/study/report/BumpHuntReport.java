package org.jetfold.study.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jetfold.codec.text.Quantities;
import org.jetfold.study.StudyException;
import org.jetfold.study.binning.Bins;
import org.jetfold.study.bumphunt.BumpComparison;
import org.jetfold.study.bumphunt.BumpComparison.Comparison;
import org.jetfold.study.bumphunt.BumpComparison.Shift;
import org.jetfold.study.bumphunt.BumpComparison.Verdict;
import org.jetfold.study.bumphunt.BumpHunt;
import org.jetfold.study.bumphunt.DijetFit;
import org.jspecify.annotations.Nullable;

/** Reports what bump hunts found. */
public final class BumpHuntReport {
  /** Fits that are less likely than this are pointed out. */
  private static final double BAD_FIT = 1e-5;

  private static final String TOO_FEW =
      "too few pseudo-experiments to tell whether the global p is below %s: none was as extreme"
          .formatted(BumpComparison.FOUND_BELOW);

  private static final List<StudyReport.Term> TERMS =
      List.of(
          new StudyReport.Term(
              "local p",
              "The probability that the background alone fills this window as much, or more."),
          new StudyReport.Term(
              "global p",
              "The part of pseudo-experiments without signal that have a window as unlikely"
                  + " anywhere in the spectrum. Its error is binomial; where no pseudo-experiment"
                  + " has one, or every one has, the limit of 95 % confidence is given, and the"
                  + " significance has a > or < before it."),
          new StudyReport.Term(
              "significance",
              "The global p-value in standard deviations of a normal distribution."),
          new StudyReport.Term(
              "fit p",
              "The probability that the fitted function describes the spectrum no better than it"
                  + " does. Where it is tiny, bumps are the fit's."),
          new StudyReport.Term(
              "pull",
              "(events − background) / √background of a bin (with weights, / √(background ·"
                  + " Σw²/Σw)): what statistics alone keep within about ±2."));

  private final Subject subject;
  private final List<Row> rows;
  private final BumpHuntFigures figures;
  private final List<Row> misfits;

  /**
   * What was hunted in.
   *
   * @param input the table's name
   * @param label what is on the horizontal axis
   * @param settings with which it was compressed; null where it was not
   * @param background what the background is called
   * @param fit what was fitted to the whole spectrum; null where nothing was
   */
  public record Subject(
      String input,
      String label,
      @Nullable String settings,
      Bins bins,
      String background,
      @Nullable DijetFit fit) {}

  /**
   * A hunt.
   *
   * @param signal how many events of signal were mixed in
   */
  public record Row(int signal, Comparison comparison) {}

  private BumpHuntReport(Subject subject, List<Row> rows) throws StudyException {
    this.subject = subject;
    this.rows = rows;
    figures = new BumpHuntFigures(subject, rows);
    misfits = new ArrayList<>();
    for (BumpHuntFigures.Spectrum spectrum : figures.spectra()) {
      if (figures.goodness(spectrum) < BAD_FIT && !misfits.contains(spectrum.row())) {
        misfits.add(spectrum.row());
      }
    }
  }

  /**
   * Makes the report of some hunts.
   *
   * @param rows at least one; all with compression, or none
   * @throws StudyException where the background cannot be fitted
   */
  public static StudyReport of(Subject subject, List<Row> rows) throws StudyException {
    return new BumpHuntReport(subject, List.copyOf(rows)).report();
  }

  private StudyReport report() throws StudyException {
    String title =
        subject.settings == null
            ? "Bump hunt in %s".formatted(subject.input)
            : "Bump hunt in %s, before and after compression with %s"
                .formatted(subject.input, subject.settings);
    return new StudyReport(
        new StudyReport.Story(title, verdict(), headline(), findings(), TERMS),
        figures.table(),
        rows.stream().map(row -> BumpHuntChart.of(subject, row)).toList(),
        figures::json,
        figures.csv());
  }

  private List<Row> with(Verdict... verdicts) {
    return rows.stream()
        .filter(row -> Arrays.asList(verdicts).contains(row.comparison.verdict()))
        .toList();
  }

  private StudyReport.Verdict verdict() {
    if (figures.isCompressed() && !with(Verdict.LOST, Verdict.MADE, Verdict.MOVED).isEmpty()) {
      return StudyReport.Verdict.BAD;
    }
    if (!misfits.isEmpty() || !with(Verdict.UNCLEAR, Verdict.TOO_FEW).isEmpty()) {
      return StudyReport.Verdict.DOUBTFUL;
    }
    return figures.isCompressed() ? StudyReport.Verdict.GOOD : StudyReport.Verdict.NEUTRAL;
  }

  private String headline() {
    String found = figures.isCompressed() ? compared() : hunted();
    return misfits.isEmpty()
        ? found
        : "%s; but the fit does not describe %s"
            .formatted(found, BumpHuntWords.spectraWith(misfits));
  }

  /** What compression did. */
  private String compared() {
    List<String> parts = new ArrayList<>();
    for (Verdict verdict :
        List.of(Verdict.LOST, Verdict.MADE, Verdict.MOVED, Verdict.UNCLEAR, Verdict.TOO_FEW)) {
      List<Row> such = with(verdict);
      if (!such.isEmpty()) {
        parts.add(BumpHuntWords.spectraWith(such) + ": " + said(verdict));
      }
    }
    if (!parts.isEmpty()) {
      return BumpHuntWords.capitalized(String.join("; ", parts));
    }
    int kept = with(Verdict.KEPT).size();
    return kept == 0
        ? "No bump before compression, and none after"
        : kept == 1
            ? "The bump is kept, and none is made"
            : "All %d bumps are kept, and none is made".formatted(kept);
  }

  /** What is in a spectrum that was not compressed. */
  private String hunted() {
    return rows.stream()
        .map(row -> {
          BumpHunt.Found found = row.comparison.before();
          String what =
              !found.bump().exists()
                  ? "no excess anywhere"
                  : "%s at %s, %s"
                      .formatted(
                          switch (row.comparison.verdict()) {
                            case KEPT -> "a bump";
                            case TOO_FEW -> "perhaps a bump (%s):".formatted(TOO_FEW);
                            default -> "no bump: the most significant excess is";
                          },
                          BumpHuntWords.interval(subject.bins, found.bump()),
                          BumpHuntWords.significance(found.globalP()));
          return rows.size() == 1
              ? BumpHuntWords.capitalized(what)
              : "%s: %s"
                  .formatted(
                      BumpHuntWords.capitalized(BumpHuntWords.spectraWith(List.of(row))), what);
        })
        .collect(Collectors.joining("; "));
  }

  private static String said(Verdict verdict) {
    return switch (verdict) {
      case NONE -> "no bump before, none after";
      case KEPT -> "the bump is kept";
      case LOST -> "the bump is LOST";
      case MADE -> "a bump is MADE";
      case MOVED -> "the bump is MOVED";
      case UNCLEAR ->
          "a bump is found once only, but within the error of the global p: more"
              + " pseudo-experiments would tell";
      case TOO_FEW -> TOO_FEW;
    };
  }

  private List<String> findings() throws StudyException {
    List<String> findings = new ArrayList<>();
    for (Row row : rows) {
      Shift shift = row.comparison.shift();
      if (shift != null) {
        findings.add(
            "%s: %s. The %s changes by %s (mean) and %s (RMS); %s in another bin, %s out of the range, %s into it."
                .formatted(
                    BumpHuntWords.capitalized(BumpHuntWords.spectraWith(List.of(row))),
                    said(row.comparison.verdict()),
                    subject.label.replaceFirst(" \\[.*", ""),
                    percent(shift.mean()),
                    percent(shift.rms()),
                    Quantities.count(shift.otherBin(), "event"),
                    "%,d".formatted(shift.lost()),
                    "%,d".formatted(shift.gained())));
      }
    }
    for (BumpHuntFigures.Spectrum spectrum : figures.spectra()) {
      if (figures.goodness(spectrum) < BAD_FIT) {
        findings.add(
            "%s, %s: the fit does not describe the spectrum (p %s). Neither bump nor p-value can be trusted."
                .formatted(
                    BumpHuntWords.capitalized(BumpHuntWords.spectraWith(List.of(spectrum.row()))),
                    figures.isCompressed() ? spectrum.when() + " compression" : "as it is",
                    Quantities.error(figures.goodness(spectrum))));
      }
    }
    if (rows.getFirst().comparison.before().observed().isWeighted()) {
      findings.add(
          "Events are weighted: the sum W of a bin's weights counts as W/s Poisson events with s ="
              + " Σw²/Σw.");
    }
    findings.add(
        "A bump counts as found where the global p-value is below %s."
            .formatted(BumpComparison.FOUND_BELOW));
    return findings;
  }

  private static String percent(double part) {
    return Quantities.significant(100 * part, 3) + " %";
  }
}
