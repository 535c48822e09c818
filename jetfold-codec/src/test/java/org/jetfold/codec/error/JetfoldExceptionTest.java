package org.jetfold.codec.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.jetfold.codec.table.UnreadableTableException;
import org.junit.jupiter.api.Test;

class JetfoldExceptionTest {
  @Test
  void aMessageIsOneLineWhateverItQuotes() {
    assertThat(new UnreadableTableException("a\nb\r\u001b[31m\u0085\u2028c"))
        .hasMessage("a?b??[31m??c");
    assertThat(new UnreadableTableException("pt\0", new Throwable())).hasMessage("pt?");
  }
}
