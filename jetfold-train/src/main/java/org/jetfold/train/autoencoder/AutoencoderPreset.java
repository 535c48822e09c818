package org.jetfold.train.autoencoder;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.autoencoder.Activation;
import org.jetfold.codec.autoencoder.Normalization;
import org.jetfold.codec.autoencoder.Normalization.Formula;
import org.jetfold.codec.table.EnergyUnit;
import org.jspecify.annotations.Nullable;

/**
 * A published autoencoder: E. Wallin (Lund 2020), E. Wulff (Lund 2020) and their public code.
 * Immutable.
 *
 * @param name for users
 * @param variables in the order of the network's inputs
 * @param hidden widths of the encoder's hidden layers
 * @param latents the default number of latents
 * @param activation of hidden units
 * @param batchNorm whether activations are normalized over each batch during the training
 * @param published the published learning rates
 * @param publishedEpochs the published number of epochs
 * @param batch rows of a mini-batch
 * @param rate the largest learning rate of a one-cycle training
 * @param decay weight decay
 */
public record AutoencoderPreset(
    String name,
    List<Variable> variables,
    List<Integer> hidden,
    int latents,
    Activation activation,
    boolean batchNorm,
    LearningRates published,
    int publishedEpochs,
    int batch,
    double rate,
    double decay) {
  /**
   * The most epochs of a last rate that runs until the error stops falling: a training ends where a
   * quarter of the schedule has found no lower one.
   */
  private static final int UNTIL_IT_STOPS_FALLING = 1000;

  /** Copies the lists. */
  public AutoencoderPreset {
    variables = List.copyOf(variables);
    hidden = List.copyOf(hidden);
  }

  /**
   * A variable.
   *
   * @param name its name in the field
   * @param unit the unit of energy that {@code formula} is for; null where it is not an energy
   * @param formula its normalization; null for mean and standard deviation
   * @param thesis whether the thesis has mean and standard deviation instead of {@code formula}
   */
  public record Variable(
      String name, @Nullable EnergyUnit unit, @Nullable Formula formula, boolean thesis) {
    /** The formula for values in a unit; null for those of the preset. */
    Normalization inUnit(@Nullable EnergyUnit file) {
      Formula given = formula;
      if (given == null) {
        throw new IllegalStateException("variable %s has no formula".formatted(name));
      }
      if (unit == null || file == null || unit == file) {
        return given;
      }
      double factor = unit == EnergyUnit.GEV ? 1e-3 : 1e3;
      return new Formula(
          given.logarithm(),
          given.factor() * factor,
          given.offset(),
          given.centre(),
          given.width());
    }
  }

  /** All presets. */
  public static List<AutoencoderPreset> all() {
    return List.of(ntuple4d(), tla4d(), tla27d(), ttbar15d());
  }

  private static Variable standard(String name) {
    return new Variable(name, null, null, false);
  }

  private static Variable standardEnergy(String name, EnergyUnit unit) {
    return new Variable(name, unit, null, false);
  }

  /** x / width. */
  private static Variable scaled(String name, double width) {
    return new Variable(name, null, new Formula(false, 1, 0, 0, width), false);
  }

  /** (log10(factor·x + offset) − centre) / width. */
  private static Variable log(
      String name,
      @Nullable EnergyUnit unit,
      double factor,
      double offset,
      double centre,
      double width) {
    return new Variable(name, unit, new Formula(true, factor, offset, centre, width), false);
  }

  private static AutoencoderPreset ntuple4d() {
    return new AutoencoderPreset(
        "ntuple-4d",
        List.of(
            standardEnergy("pt", EnergyUnit.GEV),
            standard("eta"),
            standard("phi"),
            standardEnergy("E", EnergyUnit.GEV)),
        List.of(200, 100, 50),
        3,
        Activation.TANH,
        false,
        new LearningRates.Steps(
            List.of(new LearningRates.Step(1e-4, 1000), new LearningRates.Step(1e-6, 4000))),
        5000,
        256,
        2e-3,
        1e-6);
  }

  private static AutoencoderPreset tla4d() {
    return new AutoencoderPreset(
        "tla-4d",
        List.of(
            log("m", EnergyUnit.GEV, 1, 1, 0, 1.8),
            log("pt", EnergyUnit.GEV, 1, 0, 1.3, 1.2),
            new Variable("phi", null, new Formula(false, 1, 0, 0, 3), true),
            new Variable("eta", null, new Formula(false, 1, 0, 0, 5), true)),
        List.of(200, 200, 20),
        3,
        Activation.TANH,
        false,
        new LearningRates.Steps(
            List.of(
                new LearningRates.Step(1e-3, 10),
                new LearningRates.Step(1e-4, 100),
                new LearningRates.Step(1e-5, 100),
                new LearningRates.Step(1e-6, UNTIL_IT_STOPS_FALLING))),
        210 + UNTIL_IT_STOPS_FALLING,
        256,
        2e-3,
        1e-6);
  }

  private static AutoencoderPreset tla27d() {
    List<Variable> variables = new ArrayList<>();
    variables.add(log("pt", EnergyUnit.GEV, 1, 0, 1.3, 1.2));
    variables.add(scaled("eta", 5));
    variables.add(scaled("phi", 3));
    variables.add(log("m", EnergyUnit.GEV, 1, 1, 0, 1.8));
    variables.add(scaled("ActiveArea", 0.8));
    variables.add(scaled("ActiveArea4vec_eta", 5));
    variables.add(
        new Variable("ActiveArea4vec_m", null, new Formula(false, 1, 0, 0.15 * 0.18, 0.18), false));
    variables.add(scaled("ActiveArea4vec_phi", 3));
    variables.add(scaled("ActiveArea4vec_pt", 0.7));
    variables.add(log("AverageLArQF", null, 1, 100, 2, 2.5));
    variables.add(log("NegativeE", EnergyUnit.GEV, -1, 1, 0, 1.6));
    variables.add(scaled("HECQuality", 1));
    variables.add(scaled("LArQuality", 0.6));
    variables.add(scaled("Width", 0.6));
    variables.add(scaled("WidthPhi", 0.6));
    variables.add(log("CentroidR", null, 1, 0, 3, 0.8));
    variables.add(scaled("DetectorEta", 5));
    variables.add(log("LeadingClusterCenterLambda", null, 1, 100, 2, 2));
    variables.add(log("LeadingClusterPt", EnergyUnit.GEV, 1, 0, 0, 1.2));
    // Squared lengths, which the published code divides by 1000 together with the energies.
    variables.add(log("LeadingClusterSecondLambda", null, 1e-3, 100, 2, 1));
    variables.add(log("LeadingClusterSecondR", null, 1e-3, 100, 2, 0.6));
    variables.add(scaled("N90Constituents", 20));
    variables.add(scaled("EMFrac", 1.6));
    variables.add(scaled("HECFrac", 1));
    variables.add(scaled("Timing", 40));
    variables.add(log("OotFracClusters10", null, 1, 1, 0, 0.3));
    variables.add(log("OotFracClusters5", null, 1, 1, 0, 0.3));
    return new AutoencoderPreset(
        "tla-27d",
        variables,
        List.of(200, 200, 200),
        14,
        Activation.LEAKY_RELU,
        true,
        new LearningRates.OneCycle(1e-2),
        1500,
        4096,
        1e-2,
        1e-2);
  }

  private static AutoencoderPreset ttbar15d() {
    List<Variable> variables = new ArrayList<>();
    variables.add(log("pt", EnergyUnit.MEV, 1, 0, 1.3 + 2.4 * 1.2, 1.2));
    variables.add(scaled("eta", 5));
    variables.add(scaled("phi", 3));
    variables.add(log("m", EnergyUnit.MEV, 1, 1, 1.4 * 1.8, 1.8));
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
      variables.add(standard(name));
    }
    return new AutoencoderPreset(
        "ttbar-15d",
        variables,
        List.of(200, 200, 200),
        10,
        Activation.LEAKY_RELU,
        false,
        new LearningRates.Steps(
            List.of(
                new LearningRates.Step(1e-3, 20),
                new LearningRates.Step(1e-4, UNTIL_IT_STOPS_FALLING))),
        20 + UNTIL_IT_STOPS_FALLING,
        16,
        1e-3,
        1e-2);
  }

  /**
   * The same with another number of latents, and with the learning rate and weight decay that were
   * published for it; with the preset's own where none were.
   */
  public AutoencoderPreset withLatents(int count) {
    double ownRate = rate;
    double ownDecay = decay;
    if (name.equals("tla-27d")) {
      ownRate =
          switch (count) {
            case 10, 12 -> 1e-3;
            case 16 -> 3e-2;
            default -> 1e-2;
          };
      ownDecay =
          switch (count) {
            case 8, 16 -> 1e-4;
            case 12 -> 1e-1;
            default -> 1e-2;
          };
    }
    LearningRates own =
        published instanceof LearningRates.OneCycle
            ? new LearningRates.OneCycle(ownRate)
            : published;
    return new AutoencoderPreset(
        name,
        variables,
        hidden,
        count,
        activation,
        batchNorm,
        own,
        publishedEpochs,
        batch,
        ownRate,
        ownDecay);
  }
}
