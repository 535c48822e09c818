package org.jetfold.codec.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What decoders are kept for the next block. */
class DecoderTablesTest {
  /** A decoder of as many bytes as its length. */
  private static DecoderTables<byte[]> tables(DecoderTables.Budget budget) {
    return new DecoderTables<>(8, budget, index -> new byte[10 * index], made -> made.length);
  }

  @Test
  void asManyAreKeptAsTheBudgetAllows() {
    DecoderTables<byte[]> tables = tables(new DecoderTables.Budget(100));
    byte[] seven = tables.get(7);
    byte[] four = tables.get(4);
    byte[] three = tables.get(3);
    assertThat(tables.get(7)).isSameAs(seven);
    assertThat(tables.get(4)).hasSize(40).isNotSameAs(four);
    assertThat(tables.get(3)).isSameAs(three);
    assertThat(tables.get(1)).isNotSameAs(tables.get(1));
  }

  @Test
  void tablesShareABudget() {
    DecoderTables.Budget budget = new DecoderTables.Budget(100);
    byte[] kept = tables(budget).get(6);
    DecoderTables<byte[]> others = tables(budget);
    assertThat(kept).hasSize(60);
    assertThat(others.get(5)).isNotSameAs(others.get(5));
    assertThat(others.get(4)).isSameAs(others.get(4));
  }
}
