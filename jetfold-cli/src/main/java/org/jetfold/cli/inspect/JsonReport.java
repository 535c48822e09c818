package org.jetfold.cli.inspect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.container.FormatVersion;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.file.ColumnStatistics;
import org.jetfold.codec.file.ColumnStatistics.Range;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.ValueType;

/**
 * Writes a file's report as JSON. The names of the fields are part of the command line's interface.
 */
final class JsonReport {
  private JsonReport() {}

  static void write(FileReport report, Map<Integer, List<Integer>> decodedBefore, OutputStream out)
      throws IOException {
    try (JsonGenerator json =
        new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      json.writeStringField("file", report.name());
      json.writeNumberField("formatVersion", FormatVersion.MAJOR);
      json.writeStringField("producer", report.header().producer());
      json.writeNumberField("bytes", report.bytes());
      json.writeNumberField("rawBytes", report.shape().rawBytes());
      json.writeNumberField("ratio", report.ratio());
      json.writeNumberField("blocks", report.blocks());
      writeModels(report, json);
      writeGroups(report, json);
      json.writeArrayFieldStart("columns");
      for (int column = 0; column < report.columns().size(); column++) {
        writeColumn(
            report, report.columns().get(column), report.bytesAlone(column, decodedBefore), json);
      }
      json.writeEndArray();
      json.writeNumberField("eventStructureBytes", report.structureBytes());
      json.writeNumberField("latentBytes", report.allLatentBytes());
      json.writeNumberField("overheadBytes", report.overheadBytes());
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private static void writeModels(FileReport report, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("models");
    for (FileHeader.ModelReference model : report.header().models()) {
      json.writeStartObject();
      json.writeStringField("kind", kind(model.kind()));
      json.writeStringField("sha256", model.hash());
      json.writeBooleanField("embedded", model.embedded());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static String kind(int kind) {
    return switch (kind) {
      case DensityModel.KIND -> "density";
      case Autoencoder.KIND -> "autoencoder";
      default -> "unknown";
    };
  }

  private static void writeGroups(FileReport report, JsonGenerator json) throws IOException {
    Schema schema = report.shape().schema();
    json.writeArrayFieldStart("groups");
    for (int group = 0; group < schema.groups().size(); group++) {
      json.writeStartObject();
      json.writeStringField("name", schema.groups().get(group).name());
      if (group == 0) {
        json.writeNullField("listIn");
      } else {
        json.writeStringField("listIn", schema.groups().get(schema.parent(group)).name());
      }
      json.writeNumberField("entries", report.shape().entries().get(group));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeColumn(
      FileReport report, ColumnReport column, OptionalLong alone, JsonGenerator json)
      throws IOException {
    ValueType type = column.column().type();
    json.writeStartObject();
    json.writeStringField("name", column.column().name());
    json.writeStringField("path", column.name().path());
    json.writeStringField("type", type.name().toLowerCase(Locale.ROOT));
    json.writeStringField("unit", column.column().unit());
    json.writeBooleanField("integral", column.column().integral() || !type.isFloat());
    json.writeBooleanField("eventKey", column.column().eventKey());
    json.writeStringField("precision", column.precision().toString());
    Double error = column.largestError();
    if (error == null) {
      json.writeNullField("largestError");
      json.writeNullField("errorMeasure");
    } else {
      json.writeNumberField("largestError", error);
      json.writeStringField("errorMeasure", column.errorIsRelative() ? "relative" : "absolute");
    }
    json.writeBooleanField("guaranteed", !column.isMeasured());
    ColumnStatistics.Measurement measurement = column.measurement();
    if (measurement != null) {
      json.writeNumberField("largestRelativeError", measurement.largestRelative());
      json.writeNumberField("exceptions", measurement.exceptions());
    }
    writeRange(column, json);
    json.writeNumberField("values", column.values());
    json.writeNumberField("bytes", column.bytes());
    json.writeNumberField("bitsPerValue", column.bitsAValue());
    if (alone.isPresent()) {
      json.writeNumberField("bytesAlone", alone.getAsLong());
    } else {
      json.writeNullField("bytesAlone");
    }
    json.writeNumberField("share", report.share(column.bytes()));
    json.writeEndObject();
  }

  private static void writeRange(ColumnReport column, JsonGenerator json) throws IOException {
    switch (column.range()) {
      case null -> {
        json.writeNullField("minimum");
        json.writeNullField("maximum");
      }
      case Range.OfFloats(double minimum, double maximum) -> {
        json.writeNumberField("minimum", minimum);
        json.writeNumberField("maximum", maximum);
      }
      case Range.OfIntegers(long minimum, long maximum) -> {
        json.writeNumberField("minimum", new BigInteger(column.integer(minimum)));
        json.writeNumberField("maximum", new BigInteger(column.integer(maximum)));
      }
    }
  }
}
