package org.jetfold.codec.precision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Group;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.ValueType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrecisionRulesTest {
  private static final Column COUNT = new Column("n_tracks", ValueType.FLOAT32, "", true, false);

  private static final Schema FLAT =
      Schema.flat(
          List.of(
              floats("pt"),
              floats("eta"),
              floats("a.b=c,d*"),
              COUNT,
              new Column("id", ValueType.INT32)));

  private static final Schema EVENTS =
      new Schema(
          new Group(
              "",
              List.of(
                  new Column("event_number", ValueType.INT64),
                  new Column("event_weight", ValueType.FLOAT64)),
              List.of(
                  new Group(
                      "jets",
                      List.of(floats("pt"), floats("m")),
                      List.of(new Group("energies", List.of(floats("e")), List.of()))),
                  new Group("muons", List.of(floats("pt")), List.of()))));

  private static Column floats(String name) {
    return new Column(name, ValueType.FLOAT32);
  }

  private static List<String> resolved(String rules, Schema schema) {
    return PrecisionRules.parse(rules).resolve(schema).columns().stream()
        .map(Precision::toString)
        .toList();
  }

  @Test
  void theFirstPatternThatFitsCounts() {
    assertThat(resolved("pt=rel:0.004, e?a=abs:0.001,p*=exact,*=bits:7", FLAT))
        .containsExactly("rel:0.004", "abs:0.001", "bits:7", "exact", "exact");
    assertThat(resolved("*=bits:7,pt=rel:0.004", FLAT).getFirst()).isEqualTo("bits:7");
  }

  /** In quotes everything is the name, and a quote elsewhere is one. */
  @Test
  void namesCanBeQuoted() {
    assertThat(resolved("\"a.b=c,d*\"=bits:9, *=bits:7", FLAT))
        .containsExactly("bits:7", "bits:7", "bits:9", "exact", "exact");
    Schema odd = Schema.flat(List.of(floats("pt, raw"), floats("pt, *"), floats("5\" disk")));
    assertThat(resolved("\"pt, *\"=bits:3,\"pt, raw\"=bits:4,5\" disk=bits:5", odd))
        .containsExactly("bits:4", "bits:3", "bits:5");
    assertThatExceptionOfType(PrecisionException.class)
        .isThrownBy(() -> PrecisionRules.parse("\"pt, raw=bits:4"));
  }

  @ParameterizedTest
  @CsvSource({
    "Jet_pt,rel:0.004:dither",
    "FatJet_msoftdrop,rel:0.01:dither",
    "FatJet_particleNet_mass,rel:0.01:dither",
    "FatJet_particleNet_QCD,bits:10",
    "Jet_btagDeepFlavB,bits:10",
    "Jet_chHEF,bits:10",
    "GenJet_pt,exact",
    "AnalysisJetsAuxDyn:eta,abs:0.001:dither",
    "AnalysisJetsAuxDyn.DFCommonJets_fJvt,bits:10",
    "AnalysisLargeRJetsAuxDyn:Tau1_wta,bits:10",
    "Jet.PT,rel:0.004:dither",
    "Jet.Mass,rel:0.01:dither",
    "Jet.DeltaEta,abs:0.001:dither",
    "Jet.ChargedEnergyFraction,bits:10",
    "AnalysisJetsAuxDyn:EnergyPerSampling,bits:10",
    "AnalysisElectronsAuxDyn:ptvarcone30_Nonprompt_All_MaxWeightTTVALooseCone_pt1000,bits:10",
    "AnalysisPhotonsAuxDyn:topoetcone40,bits:10",
    "AnalysisElectronsAuxDyn:pt,rel:0.004:dither",
    "InDetTrackParticlesAuxDyn:d0,bits:10",
    "MET_Core_AnalysisMETAuxDyn:mpx,bits:10",
    "Muon_pfRelIso03_all,bits:10",
    "Electron_miniPFRelIso_chg,bits:10",
    "Photon_r9,bits:10",
    "Electron_dxyErr,bits:10",
    "Tau_rawIsodR03,bits:10",
    "MissingET.MET,exact",
    "Muon_isPFcand,exact",
    "Electron_cutBased,exact",
    "Jet_unheardOf,exact"
  })
  void thePresetKnowsWhatExperimentsCallTheirVariables(String name, String precision) {
    Schema jets = Schema.flat(List.of(floats(name)));
    assertThat(PrecisionRules.jets().resolve(jets).columns()).hasToString("[" + precision + "]");
  }

  /** Missing energy is a value of events; others of these stay exact. */
  @Test
  void thePresetKnowsMissingEnergyOfEvents() {
    Schema schema =
        Schema.events(
            List.of(
                floats("MET_pt"),
                floats("PuppiMET_phi"),
                floats("RawMET_sumEt"),
                floats("GenMET_pt"),
                floats("genWeight"),
                floats("metric_pt")),
            "Muon",
            List.of(floats("Muon_pt")));
    assertThat(PrecisionRules.jets().resolve(schema).columns())
        .extracting(Precision::toString)
        .containsExactly(
            "rel:0.004:dither",
            "abs:0.001:dither",
            "bits:10",
            "exact",
            "exact",
            "exact",
            "rel:0.004:dither");
  }

  @Test
  void withoutARuleEverythingIsExact() {
    assertThat(PrecisionRules.exact().resolve(FLAT).columns()).containsOnly(Precision.exact());
    assertThat(resolved("pt=bits:7", FLAT))
        .containsExactly("bits:7", "exact", "exact", "exact", "exact");
  }

  @Test
  void namesMayHoldAnyCharacter() {
    assertThat(resolved("a.b\\=c\\,d\\*=bits:3", FLAT).get(2)).isEqualTo("bits:3");
    assertThat(resolved("a.b?c?d?=bits:3", FLAT).get(2)).isEqualTo("bits:3");
  }

  @Test
  void aBareStarDoesNotReachEventValues() {
    assertThat(resolved("*=bits:7", EVENTS))
        .containsExactly("exact", "exact", "bits:7", "bits:7", "bits:7", "bits:7");
    assertThat(resolved("event_*=bits:9,*=bits:7", EVENTS).get(1)).isEqualTo("bits:9");
    assertThat(resolved("event_weight=bits:9", EVENTS).get(1)).isEqualTo("bits:9");
  }

  @Test
  void collectionsTellColumnsOfOneNameApart() {
    assertThat(resolved("jets.pt=bits:1,pt=bits:2,energies.e=bits:3", EVENTS))
        .containsExactly("exact", "exact", "bits:1", "exact", "bits:3", "bits:2");
    assertThat(resolved("jets.energies.e=bits:3,muons.*=bits:4", EVENTS))
        .containsExactly("exact", "exact", "exact", "exact", "bits:3", "bits:4");
  }

  @Test
  void aCollectionsNameCountsOnlyForPatternsWithADot() {
    assertThat(resolved("j*=bits:1", EVENTS)).containsOnly("exact");
    assertThat(resolved("j*.*=bits:1", EVENTS).get(2)).isEqualTo("bits:1");
  }

  @Test
  void integersStayExactUnderAGlobAndAreRefusedByName() {
    PrecisionChoice choice = PrecisionRules.parse("*=bits:7").resolve(FLAT);
    assertThat(choice.reasons())
        .containsExactly(
            "by *=bits:7", "by *=bits:7", "by *=bits:7", "holds integers", "has type int32");
    refused("id=bits:7", FLAT, "id=bits:7: id has type int32 and is always exact");
    refused("n_tracks=rel:0.1", FLAT, "n_tracks holds integers and is always exact");
    assertThat(resolved("id=exact,n_tracks=exact", FLAT)).containsOnly("exact");
  }

  @Test
  void theColumnThatMarksEventsIsNeverRounded() {
    Schema schema =
        Schema.events(
            List.of(new Column("event", ValueType.FLOAT64, "", false, true)),
            "jets",
            List.of(floats("pt")));
    assertThat(resolved("e*=bits:7", schema)).containsExactly("exact", "exact");
    refused("event=bits:7", schema, "event marks the event boundaries and is always exact");
  }

  @Test
  void unknownNamesAreErrorsAndUnusedGlobsWarnings() {
    refused("PT=rel:0.1", FLAT, "no column is called PT; did you mean pt");
    refused("jets.px=rel:0.1", EVENTS, "did you mean jets.pt");
    refused("xy=rel:0.1", FLAT, "there are pt,");
    refused("luminosity=rel:0.1", FLAT, "there are pt, eta, a.b=c,d*, n_tracks, …");
    PrecisionChoice choice = PrecisionRules.parse("q*=bits:7,pt=bits:7").resolve(FLAT);
    assertThat(choice.warnings()).containsExactly("no column fits the pattern q* of q*=bits:7");
  }

  @Test
  void moreBitsThanAFloatHasAreRefused() {
    refused(
        "*=bits:40",
        FLAT,
        "column pt, by *=bits:40: bits:40 on a float32 column: a float32 has 23");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pt=bits:7,m\\",
        "",
        "pt",
        "pt=",
        "=bits:7",
        "pt=bits:7,",
        "pt=bits:7,,eta=bits:7",
        "bits",
        "pt=rel:2"
      })
  void whatIsNoListOfRulesIsRefused(String text) {
    assertThatExceptionOfType(PrecisionException.class)
        .isThrownBy(() -> PrecisionRules.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "pt,rel:0.004:dither",
    "PT,rel:0.004:dither",
    "Jet_pt,rel:0.004:dither",
    "jet.pt,rel:0.004:dither",
    "HLT_xAOD__JetsAuxDyn.pt,rel:0.004:dither",
    "JetConstitScaleMomentum_pt,rel:0.004:dither",
    "ActiveArea4vec_pt,rel:0.004:dither",
    "m,rel:0.01:dither",
    "mass,rel:0.01:dither",
    "Jet_mass,rel:0.01:dither",
    "eta,abs:0.001:dither",
    "phi,abs:0.001:dither",
    "DetectorEta,abs:0.001:dither",
    "ActiveArea4vec_eta,abs:0.001:dither",
    "E,bits:10",
    "Width,bits:10",
    "WidthPhi,bits:10",
    "LeadingClusterPt,bits:10",
    "Timing,bits:10",
    "OotFracClusters10,bits:10",
    "N90Constituents,exact",
    "beta,exact",
    "truth_pt,exact",
    "GenJet_pt,exact",
    "Px,exact",
    "btag,exact"
  })
  void thePresetKnowsJets(String name, String setting) {
    PrecisionChoice choice =
        PrecisionRules.parse("jets").resolve(Schema.flat(List.of(floats(name))));
    assertThat(choice.columns().getFirst()).hasToString(setting);
    assertThat(choice.warnings()).hasSize(setting.equals("exact") ? 1 : 0);
  }

  @Test
  void thePresetSaysWhatItChose() {
    Schema schema =
        Schema.events(
            List.of(new Column("event_weight", ValueType.FLOAT64)),
            "jets",
            List.of(floats("pt"), floats("Width"), floats("x"), COUNT));
    assertThat(PrecisionRules.jets().resolve(schema).describe().lines())
        .containsExactly(
            "event_weight   exact             an event value",
            "jets.pt        rel:0.004:dither  a transverse momentum",
            "jets.Width     bits:10           a known jet variable",
            "jets.x         exact             not known to the preset",
            "jets.n_tracks  exact             holds integers");
  }

  private static void refused(String rules, Schema schema, String message) {
    assertThatExceptionOfType(PrecisionException.class)
        .isThrownBy(() -> PrecisionRules.parse(rules).resolve(schema))
        .withMessageContaining(message);
  }

  @Test
  void settingAloneIsForAllColumns() {
    for (String text : List.of("rel:0.01", " rel:0.01 ", "*=rel:0.01")) {
      PrecisionChoice choice = PrecisionRules.parse(text).resolve(FLAT);
      assertThat(choice.columns().getFirst()).isEqualTo(new Precision.Relative(0.01));
      assertThat(choice.columns().get(4)).isEqualTo(Precision.exact());
    }
    assertThat(PrecisionRules.parse("pt=abs:2,bits:7").resolve(FLAT).columns().get(1))
        .isEqualTo(new Precision.Bits(7));
  }

  /** The first that says something of a column counts, a rule or the preset. */
  @Test
  void presetStandsAmongRules() {
    PrecisionRules after = PrecisionRules.parse("jets,*=bits:9");
    assertThat(after.hasPreset()).isTrue();
    assertThat(after.resolve(FLAT).columns().subList(0, 3))
        .containsExactly(
            Precision.parse("rel:0.004:dither"),
            Precision.parse("abs:0.001:dither"),
            new Precision.Bits(9));
    assertThat(PrecisionRules.parse("pt=bits:5,jets").resolve(FLAT).columns().subList(0, 3))
        .containsExactly(
            new Precision.Bits(5), Precision.parse("abs:0.001:dither"), Precision.exact());
    Schema others = Schema.flat(List.of(floats("x")));
    assertThat(after.resolve(others).warnings())
        .containsExactly("the preset jets knows none of these columns");
    assertThat(PrecisionRules.parse("*=bits:9").hasPreset()).isFalse();
    assertThatExceptionOfType(PrecisionException.class)
        .isThrownBy(() -> PrecisionRules.parse("jets,jets"));
  }
}
