package org.jetfold.cli.inspect;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/** What a file says of itself. */
interface FileDescription {
  /** For people. Names in it may have characters that do not print. */
  List<String> lines();

  /** The fields for programs; docs/cli.md lists them. */
  void write(JsonGenerator json) throws IOException;

  /** Whether something in the file was found damaged. */
  default boolean isDamaged() {
    return false;
  }
}
