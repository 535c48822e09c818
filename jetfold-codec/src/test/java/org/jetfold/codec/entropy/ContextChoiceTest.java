package org.jetfold.codec.entropy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jetfold.codec.entropy.ContextSearch.Option;
import org.jetfold.codec.entropy.Contexts.Reference;
import org.jetfold.codec.entropy.Contexts.Source;
import org.junit.jupiter.api.Test;

class ContextChoiceTest {
  private static Option option(int column, int other, double gain) {
    Contexts contexts =
        new Contexts(new Reference.None(), new Source.OtherColumn(other), List.of(5L));
    return new Option(column, contexts, 1000 - gain, 1000, true);
  }

  @Test
  void theLargestGainsAreTaken() {
    ContextChoice choice =
        new ContextChoice(List.of(option(1, 0, 100), option(1, 2, 200), option(2, 0, 50)));
    assertThat(choice.chosen()).hasSize(2);
    assertThat(choice.chosen().get(1).contexts().columns()).containsExactly(2);
    assertThat(choice.chosen().get(2).contexts().columns()).containsExactly(0);
  }

  @Test
  void noColumnComesToNeedItself() {
    ContextChoice choice =
        new ContextChoice(
            List.of(
                option(0, 1, 300),
                option(1, 2, 200),
                option(2, 0, 100),
                option(2, 1, 90),
                option(2, 3, 80)));
    assertThat(choice.chosen().get(2).contexts().columns()).containsExactly(3);
  }

  @Test
  void ofTwoColumnsThatSayAsMuchTheFirstIsDecodedFirst() {
    ContextChoice choice = new ContextChoice(List.of(option(0, 1, 101), option(1, 0, 100)));
    assertThat(choice.chosen()).containsOnlyKeys(1);
  }
}
