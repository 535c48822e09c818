package org.jetfold.cli.study;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.jetfold.study.picture.Chart;

/**
 * What a study found, in all the forms in which it can be told.
 *
 * @param title what was studied
 * @param findings sentences for a person in a hurry
 * @param table the figures
 * @param charts pictures of them; may be none
 * @param json writes the fields of the JSON object
 * @param csv lines of fields, the first with their names
 */
record StudyResult(
    String title,
    List<String> findings,
    List<String> table,
    List<Chart> charts,
    JsonFields json,
    List<List<String>> csv) {
  /** Writes fields into an object that is open. */
  interface JsonFields {
    void write(JsonGenerator json) throws IOException;
  }
}
