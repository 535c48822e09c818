package org.jetfold.train.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.jetfold.codec.table.EnergyUnit.GEV;
import static org.jetfold.codec.table.EnergyUnit.MEV;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.jetfold.codec.autoencoder.Activation;
import org.jetfold.codec.autoencoder.Normalization;
import org.jetfold.codec.table.EnergyUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The presets are the networks of the field: layers, trainings, and normalizations, which are
 * written down here a second time, as they were published, for values in MeV.
 */
final class AutoencoderPresetTest {
  private static final double[] VALUES = {-40_000, -800, -1.5, 0, 0.03, 0.7, 1, 17, 2500, 1e6};

  private static AutoencoderPreset preset(String name) {
    return AutoencoderPreset.all().stream()
        .filter(preset -> preset.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static DoubleUnaryOperator by(double width) {
    return x -> x / width;
  }

  private static double pt(double x) {
    return (Math.log10(x / 1000) - 1.3) / 1.2;
  }

  private static double m(double x) {
    return Math.log10(x / 1000 + 1) / 1.8;
  }

  private static Map<String, DoubleUnaryOperator> of27() {
    Map<String, DoubleUnaryOperator> formulas = new LinkedHashMap<>();
    formulas.put("pt", AutoencoderPresetTest::pt);
    formulas.put("eta", by(5));
    formulas.put("phi", by(3));
    formulas.put("m", AutoencoderPresetTest::m);
    formulas.put("ActiveArea", by(0.8));
    formulas.put("ActiveArea4vec_eta", by(5));
    formulas.put("ActiveArea4vec_m", x -> x / 0.18 - 0.15);
    formulas.put("ActiveArea4vec_phi", by(3));
    formulas.put("ActiveArea4vec_pt", by(0.7));
    formulas.put("AverageLArQF", x -> (Math.log10(x + 100) - 2) / 2.5);
    formulas.put("NegativeE", x -> Math.log10(1 - x / 1000) / 1.6);
    formulas.put("HECQuality", by(1));
    formulas.put("LArQuality", by(0.6));
    formulas.put("Width", by(0.6));
    formulas.put("WidthPhi", by(0.6));
    formulas.put("CentroidR", x -> (Math.log10(x) - 3) / 0.8);
    formulas.put("DetectorEta", by(5));
    formulas.put("LeadingClusterCenterLambda", x -> (Math.log10(x + 100) - 2) / 2);
    formulas.put("LeadingClusterPt", x -> Math.log10(x / 1000) / 1.2);
    formulas.put("LeadingClusterSecondLambda", x -> Math.log10(x / 1000 + 100) - 2);
    formulas.put("LeadingClusterSecondR", x -> (Math.log10(x / 1000 + 100) - 2) / 0.6);
    formulas.put("N90Constituents", by(20));
    formulas.put("EMFrac", by(1.6));
    formulas.put("HECFrac", by(1));
    formulas.put("Timing", by(40));
    formulas.put("OotFracClusters10", x -> Math.log10(x + 1) / 0.3);
    formulas.put("OotFracClusters5", x -> Math.log10(x + 1) / 0.3);
    return formulas;
  }

  private static Map<String, DoubleUnaryOperator> of4() {
    Map<String, DoubleUnaryOperator> formulas = new LinkedHashMap<>();
    formulas.put("m", AutoencoderPresetTest::m);
    formulas.put("pt", AutoencoderPresetTest::pt);
    formulas.put("phi", by(3));
    formulas.put("eta", by(5));
    return formulas;
  }

  /** Without a formula: mean and standard deviation. */
  private static Map<String, @Nullable DoubleUnaryOperator> of15() {
    Map<String, @Nullable DoubleUnaryOperator> formulas = new LinkedHashMap<>();
    formulas.put("pt", x -> (Math.log10(x) - 1.3) / 1.2 - 2.4);
    formulas.put("eta", by(5));
    formulas.put("phi", by(3));
    formulas.put("m", x -> Math.log10(x + 1) / 1.8 - 1.4);
    for (String name :
        List.of(
            "ActiveArea4vec_eta",
            "ActiveArea4vec_phi",
            "ActiveArea4vec_m",
            "ActiveArea4vec_pt",
            "JVFCorr",
            "Jvt",
            "FracSamplingMax",
            "FracSamplingMaxIndex",
            "Width",
            "EMFrac",
            "Timing")) {
      formulas.put(name, null);
    }
    return formulas;
  }

  private static void requireFormulas(
      String name, Map<String, ? extends @Nullable DoubleUnaryOperator> formulas) {
    List<AutoencoderPreset.Variable> variables = preset(name).variables();
    assertThat(variables)
        .extracting(AutoencoderPreset.Variable::name)
        .containsExactlyElementsOf(formulas.keySet());
    for (AutoencoderPreset.Variable variable : variables) {
      DoubleUnaryOperator formula = formulas.get(variable.name());
      if (formula == null) {
        assertThat(variable.formula()).as(variable.name()).isNull();
        continue;
      }
      for (double x : VALUES) {
        requireSame(variable, MEV, x, formula.applyAsDouble(x));
        requireSame(
            variable, GEV, variable.unit() == null ? x : x / 1000, formula.applyAsDouble(x));
      }
    }
  }

  /** Values without a logarithm are none in either. */
  private static void requireSame(
      AutoencoderPreset.Variable variable, EnergyUnit unit, double x, double expected) {
    Normalization normalization = variable.inUnit(unit);
    double found = normalization.apply(x);
    String what = "%s of %s %s".formatted(variable.name(), x, unit);
    if (Double.isFinite(expected)) {
      assertThat(found).as(what).isCloseTo(expected, within(1e-12 * (1 + Math.abs(expected))));
    } else {
      assertThat(Double.isFinite(found)).as(what).isFalse();
    }
  }

  @Test
  void normalizationsAreThoseOfTheField() {
    requireFormulas("tla-27d", of27());
    requireFormulas("ttbar-15d", of15());
    requireFormulas("tla-4d", of4());
    Map<String, @Nullable DoubleUnaryOperator> ntuple = new LinkedHashMap<>();
    for (String name : List.of("pt", "eta", "phi", "E")) {
      ntuple.put(name, null);
    }
    requireFormulas("ntuple-4d", ntuple);
    assertThat(preset("tla-4d").variables().stream().filter(AutoencoderPreset.Variable::thesis))
        .extracting(AutoencoderPreset.Variable::name)
        .containsExactly("phi", "eta");
  }

  @ParameterizedTest
  @CsvSource({
    "ntuple-4d, 200-100-50-3, TANH, false, 256, 1e-6",
    "tla-4d, 200-200-20-3, TANH, false, 256, 1e-6",
    "tla-27d, 200-200-200-14, LEAKY_RELU, true, 4096, 1e-2",
    "ttbar-15d, 200-200-200-10, LEAKY_RELU, false, 16, 1e-2"
  })
  void networksAreThoseOfTheField(
      String name,
      String layers,
      Activation activation,
      boolean batchNorm,
      int batch,
      double decay) {
    AutoencoderPreset preset = preset(name);
    assertThat(
            String.join("-", preset.hidden().stream().map(String::valueOf).toList())
                + "-"
                + preset.latents())
        .isEqualTo(layers);
    assertThat(preset.activation()).isEqualTo(activation);
    assertThat(preset.batchNorm()).isEqualTo(batchNorm);
    assertThat(preset.batch()).isEqualTo(batch);
    assertThat(preset.decay()).isEqualTo(decay);
  }

  @Test
  void schedulesAreThoseOfTheField() {
    assertThat(preset("ntuple-4d").published()).hasToString("1.0E-4:1000,1.0E-6:4000");
    assertThat(preset("tla-4d").published())
        .hasToString("0.001:10,1.0E-4:100,1.0E-5:100,1.0E-6:1000");
    assertThat(preset("ttbar-15d").published()).hasToString("0.001:20,1.0E-4:1000");
    assertThat(preset("tla-27d").publishedEpochs()).isEqualTo(1500);
  }

  @ParameterizedTest
  @CsvSource({
    "8, 1e-2, 1e-4",
    "10, 1e-3, 1e-2",
    "12, 1e-3, 1e-1",
    "14, 1e-2, 1e-2",
    "16, 3e-2, 1e-4",
    "18, 1e-2, 1e-2",
    "20, 1e-2, 1e-2"
  })
  void ratesOf27VariablesGoWithTheLatents(int latents, double rate, double decay) {
    AutoencoderPreset preset = preset("tla-27d").withLatents(latents);
    assertThat(preset.latents()).isEqualTo(latents);
    assertThat(preset.published()).isEqualTo(new LearningRates.OneCycle(rate));
    assertThat(preset.rate()).isEqualTo(rate);
    assertThat(preset.decay()).isEqualTo(decay);
  }
}
