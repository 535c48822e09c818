package org.jetfold.codec.pipeline;

import java.util.List;
import java.util.Map;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Schema;

/**
 * A kind of learned model: all that the rest must know of it. A new kind implements this and {@link
 * ColumnCoder}, and is added to {@link ModelKinds}. A kind is only given models of its own.
 */
public interface ModelKind {
  /** What headers and model files call it. */
  int number();

  /** What people call it. */
  String name();

  /**
   * Reads a model of this kind.
   *
   * @throws org.jetfold.codec.bytes.MalformedBytesException where the bytes are none
   */
  LearnedModel read(byte[] bytes);

  /**
   * The precision that columns of a table get where nobody says another: the one that the model was
   * trained for. Columns that it takes at any precision are left out.
   *
   * @throws org.jetfold.codec.model.ModelException where the model does not suit the table
   */
  Map<Integer, Precision> trainedPrecisions(Schema schema, LearnedModel model);

  /**
   * Plans the compression of a table.
   *
   * @param precisions one for each column, as asked for
   * @throws org.jetfold.codec.model.ModelException where the model does not suit the table, or the
   *     use not the model
   */
  Planned plan(Schema schema, List<Precision> precisions, ModelUse use);

  /**
   * What a model does to a table.
   *
   * @param coder codes the model's columns
   * @param precisions what each column of the table is stored with
   * @param reference what the header says of the model
   */
  record Planned(
      ColumnCoder coder, List<Precision> precisions, FileHeader.ModelReference reference) {
    /** Copies the list. */
    public Planned {
      precisions = List.copyOf(precisions);
    }
  }

  /**
   * Fits a model to a file that is decoded.
   *
   * @param number the model's number in the header
   * @throws org.jetfold.codec.model.ModelException where the header's columns are not the model's
   */
  ColumnCoder fit(FileHeader header, int number, LearnedModel model);
}
