package org.jetfold.codec.precision;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jetfold.codec.table.Schema;

/**
 * The preset for jets, and for what stands beside them in events: leptons, photons and missing
 * energy. A setting for each variable that is known by its name.
 */
enum JetRules implements PrecisionRules {
  INSTANCE;

  private static final Precision MOMENTUM = new Precision.Dithered(new Precision.Relative(0.004));
  private static final Precision MASS = new Precision.Dithered(new Precision.Relative(0.01));
  private static final Precision ANGLE = new Precision.Dithered(new Precision.Absolute(0.001));
  private static final Precision SHAPE = new Precision.Bits(10);

  /**
   * Float variables of jets that are neither a momentum, a mass nor an angle of the jet, in lower
   * case: those of ATLAS, then those that PHYSLITE adds, then CMS's NanoAOD, then Delphes.
   */
  private static final Set<String> SHAPES =
      Set.of(
          ("e activearea averagelarqf negativee hecquality larquality width widthphi centroidr"
               + " leadingclustercenterlambda leadingclusterpt leadingclustersecondlambda"
               + " leadingclustersecondr emfrac hecfrac timing ootfracclusters10 ootfracclusters5"
               + " fracsamplingmax jvfcorr jvt leadingconstituentfrac sumpttrkpv sumpttrkpu fjvt"
               + " psfrac energypersampling sumptchargedpfopt500 sumpttrkpt500 trackwidthpt1000"
               + " trackswidth tracksc1 c2 d2 ecf1 ecf2 ecf3 tau1 tau2 tau3 tau4 split12 split23 qw"
               + " area jetarea chemef chhef chfpv0ef muef muemef neemef nehef hfemef hfhef jercchf"
               + " jercchpuf muonsubtrfactor rawfactor puiddisc qgl bregcorr bregres cregcorr"
               + " cregres n2b1 n3b1 lsf3 csv tauweight ehadovereem neutralenergyfraction"
               + " chargedenergyfraction betastar meansqdeltar ptd fracpt tau")
              .split(" "));

  /**
   * Float variables of leptons, photons and missing energy, in lower case: those of ATLAS, then
   * those of NanoAOD, then Delphes.
   */
  private static final Set<String> OTHER_SHAPES =
      Set.of(
          ("d0 z0 d0sig z0sintheta mpx mpy sumet deltae f1 f3 reta rhad rhad1 rphi weta1 weta2"
               + " eratio wtots1 fracs1 rnnjetscore rnnjetscoresigtrans rnneescore dxy dxyerr dxybs"
               + " dz dzerr ip3d sip3d r9 sieie sieip sipip hoe einvminuspinv energyerr pterr"
               + " significance segmentcomp softmva pucorr leadtkptovertaupt jetptrelv2 deltaetasc"
               + " ehadoverem isolationvar isolationvarrhocorr sumptcharged sumptneutral sumpt et"
               + " ht")
              .split(" "));

  /** Isolations: {@code ptvarcone30}, {@code topoetcone20}, {@code pfRelIso03_all}. */
  private static final Pattern ISOLATION =
      Pattern.compile(
          "(?i)(pt|et)(var)?cone[0-9]+|(^|[a-z0-9_])(rel|pf|charged|neutral|raw|trk|calo)iso|jetreliso");

  /** Missing energy among the values of an event, as NanoAOD has it. */
  private static final Pattern MISSING_ENERGY =
      Pattern.compile("(?i)(raw|puppi|rawpuppi|calo|chs|tk|pf|t1|deep)*met_[a-z0-9]+");

  /** How the names of taggers' outputs begin, behind that of the collection. */
  private static final Pattern TAGGER =
      Pattern.compile("(^|_)(btag.|deeptag|particlenet|gn[12]|dl1)", Pattern.CASE_INSENSITIVE);

  @Override
  public PrecisionChoice resolve(Schema schema, List<Precision> otherwise) {
    List<String> names = new ArrayList<>();
    List<Precision> precisions = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    for (QualifiedColumn column : QualifiedColumn.all(schema)) {
      Kind kind = kind(column);
      Precision before = otherwise.get(names.size());
      boolean stays = !kind.precision.isLossy() && before.isLossy();
      names.add(column.path());
      precisions.add(stays ? before : kind.precision);
      reasons.add(
          stays ? "as it is stored" : kind == Kind.NEVER_ROUNDED ? column.whyExact() : kind.reason);
    }
    boolean allExact = precisions.stream().noneMatch(Precision::isLossy);
    List<String> warnings =
        allExact
            ? List.of("the preset jets knows none of these columns, so all of them stay exact")
            : List.of();
    return new PrecisionChoice(names, precisions, reasons, warnings);
  }

  @Override
  public boolean hasPreset() {
    return true;
  }

  /** What the preset says of one column. */
  record Choice(boolean isKnown, Precision precision, String reason) {}

  static Choice of(QualifiedColumn column) {
    Kind kind = kind(column);
    boolean known = kind.precision.isLossy() || kind == Kind.TRUTH;
    return new Choice(known, kind.precision, kind.reason);
  }

  private static Kind kind(QualifiedColumn column) {
    if (!column.mayLoseBits()) {
      return Kind.NEVER_ROUNDED;
    }
    if (column.eventValue() && !MISSING_ENERGY.matcher(column.column().name()).matches()) {
      return Kind.EVENT_VALUE;
    }
    String name = column.column().name();
    String bare = name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf(':')) + 1);
    if (isTruth(bare)) {
      return Kind.TRUTH;
    }
    String last = bare.replaceFirst("_wta$", "").replaceFirst(".*_", "");
    String lower = last.toLowerCase(Locale.ROOT);
    return switch (lower) {
      case "pt", "rawpt" -> Kind.MOMENTUM;
      case "m", "mass", "msoftdrop" -> Kind.MASS;
      case "eta", "phi" -> Kind.ANGLE;
      default ->
          SHAPES.contains(lower) || lower.endsWith("energy") || TAGGER.matcher(bare).find()
              ? Kind.SHAPE
              : OTHER_SHAPES.contains(lower) || ISOLATION.matcher(bare).find()
                  ? Kind.OTHER_SHAPE
                  : last.endsWith("Eta") || last.endsWith("Phi") ? Kind.ANGLE : Kind.UNKNOWN;
    };
  }

  /**
   * Simulated truth holds −1 where a jet has no match, which rounding would hide from a comparison.
   */
  private static boolean isTruth(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith("truth") || lower.startsWith("gen");
  }

  private enum Kind {
    MOMENTUM(JetRules.MOMENTUM, "a transverse momentum"),
    MASS(JetRules.MASS, "a mass"),
    ANGLE(JetRules.ANGLE, "an angle"),
    SHAPE(JetRules.SHAPE, "a known jet variable"),
    OTHER_SHAPE(JetRules.SHAPE, "a known variable of leptons, photons or missing energy"),
    TRUTH(Precision.exact(), "matched truth"),
    EVENT_VALUE(Precision.exact(), "an event value"),
    NEVER_ROUNDED(Precision.exact(), "never rounded"),
    UNKNOWN(Precision.exact(), "not known to the preset");

    private final Precision precision;
    private final String reason;

    Kind(Precision precision, String reason) {
      this.precision = precision;
      this.reason = reason;
    }
  }
}
