package org.jetfold.train.optimization;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.jetfold.train.LibTorch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How a training continues after its validations. */
final class TrainingLoopTest {
  private static final Offset<Float> ROUNDING = Offset.offset(1e-4f);

  /** One weight, which each step makes smaller by 1. */
  private static final class Counting implements Trainable, TrainingLoop.Objective, AutoCloseable {
    private final NDManager manager = Engine.getEngine("PyTorch").newBaseManager();
    private final NDArray[] weight = {manager.zeros(new Shape(1), DataType.FLOAT32)};
    private final double[] losses;
    private final double maxRatio;
    private final List<Float> validated = new ArrayList<>();

    /**
     * A training with a validation after each step.
     *
     * @param maxRatio above so many times the best loss it rolls back
     */
    Counting(double maxRatio, double... losses) {
      this.maxRatio = maxRatio;
      this.losses = losses;
    }

    TrainingLoop run() throws Exception {
      TrainingLoop.Settings settings =
          new TrainingLoop.Settings(8, 8, losses.length, losses.length, 0, 0.9f, 1, null, 1, "");
      TrainingLoop loop = new TrainingLoop(this, this, settings, state(), Double.POSITIVE_INFINITY);
      assertThat(loop.run()).isTrue();
      return loop;
    }

    @Override
    public NDManager manager() {
      return manager;
    }

    @Override
    public NDArray[] parameters() {
      return weight;
    }

    @Override
    public boolean isBias(int parameter) {
      return true;
    }

    @Override
    public double progress(double seconds, int steps) {
      return (double) steps / losses.length;
    }

    @Override
    public float rate(double progress) {
      return 1;
    }

    @Override
    public double trainingLoss(
        int[] rows, NDManager scope, NDArray[] gradients, int step, double progress) {
      gradients[0] = scope.ones(new Shape(1), DataType.FLOAT32);
      return 0;
    }

    @Override
    public boolean hasDiverged(double loss) {
      return false;
    }

    @Override
    public double validationLoss() {
      return losses[validated.size()];
    }

    @Override
    public boolean shouldRollBack(double progress, double loss, double best) {
      return loss > maxRatio * best;
    }

    @Override
    public void validated(double progress, double loss) {
      validated.add(state()[0][0]);
    }

    @Override
    public void stepped(double progress) {}

    @Override
    public float[][] state() {
      return new float[][] {weight[0].toFloatArray()};
    }

    @Override
    public void set(float[][] state) {
      weight[0].set(state[0]);
    }

    @Override
    public void close() {
      manager.close();
    }
  }

  @Tag("slow")
  @Test
  void theBestIsKept() throws Exception {
    LibTorch.start();
    try (Counting training = new Counting(Double.POSITIVE_INFINITY, 9, 5, 3, 8, 2, 8, 8, 8)) {
      TrainingLoop loop = training.run();
      assertThat(loop.bestLoss()).isEqualTo(2);
      assertThat(loop.best()[0][0]).isEqualTo(training.validated.get(4));
      assertThat(training.validated.getLast()).isCloseTo(-8f, ROUNDING);
    }
  }

  /** After a roll-back, the next step starts at the best weights, and is half as long. */
  @Test
  void aTrainingRollsBackToTheBest() throws Exception {
    LibTorch.start();
    try (Counting training = new Counting(1.5, 9, 9, 9, 9, 2, 2.5, 8, 1)) {
      TrainingLoop loop = training.run();
      assertThat(training.validated.get(6)).isCloseTo(-7f, ROUNDING);
      assertThat(training.validated.get(7)).isCloseTo(-5.5f, ROUNDING);
      assertThat(loop.bestLoss()).isEqualTo(1);
    }
  }
}
