package org.jetfold.cli.inspect;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jetfold.cli.console.JsonOutput;
import org.jetfold.cli.file.ShownGuarantees;
import org.jetfold.codec.container.FormatVersion;
import org.jetfold.codec.file.ColumnStatistics;
import org.jetfold.codec.file.ColumnStatistics.Range;
import org.jetfold.codec.file.FileGuarantees;
import org.jetfold.codec.file.FileGuarantees.QuantityBound;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.pipeline.ModelKind;
import org.jetfold.codec.pipeline.ModelKinds;
import org.jetfold.codec.precision.Loss;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.ValueType;
import org.jetfold.study.file.ColumnReport;
import org.jetfold.study.file.FileReport;
import org.jetfold.study.file.SpikeShares;
import org.jspecify.annotations.Nullable;

/**
 * What a compressed file says of itself, for programs; docs/cli.md lists the fields. The parameters
 * are those of {@link CompressedFileDescription}.
 */
record CompressedFileJson(
    FileReport report,
    @Nullable SpikeShares spikeShares,
    Map<Integer, List<Integer>> decodedBefore,
    Map<String, String> models) {

  void write(JsonGenerator json) throws IOException {
    json.writeStringField("file", report.name());
    json.writeNumberField("formatVersion", FormatVersion.MAJOR);
    json.writeStringField("producer", report.header().producer());
    json.writeNumberField("bytes", report.bytes());
    json.writeNumberField("rawBytes", report.shape().rawBytes());
    json.writeNumberField("ratio", report.ratio());
    json.writeNumberField("blocks", report.blocks());
    json.writeNumberField("segments", report.segments());
    JsonOutput.writeArray(json, "models", report.header().models(), this::writeModel);
    List<Integer> groups = IntStream.range(0, report.shape().entries().size()).boxed().toList();
    JsonOutput.writeArray(json, "groups", groups, this::writeGroup);
    List<Integer> columns = IntStream.range(0, report.columns().size()).boxed().toList();
    JsonOutput.writeArray(json, "columns", columns, this::writeColumn);
    json.writeNumberField("eventStructureBytes", report.structureBytes());
    json.writeNumberField("latentBytes", report.allLatentBytes());
    FileGuarantees guarantees = report.header().guarantees();
    List<QuantityBound> bounds = guarantees == null ? List.of() : guarantees.bounds();
    JsonOutput.writeArray(json, "guarantees", bounds, this::writeBound);
    json.writeNumberField("refinedEvents", report.refinedEvents());
    json.writeNumberField("refinementBytes", report.refinementBytes());
    json.writeNumberField("overheadBytes", report.overheadBytes());
  }

  private void writeBound(QuantityBound bound, JsonGenerator json) throws IOException {
    FileGuarantees guarantees = Objects.requireNonNull(report.header().guarantees());
    json.writeStringField("quantity", bound.quantity());
    json.writeStringField(
        "collection", new ShownGuarantees(guarantees, report.shape().schema()).collection(bound));
    json.writeStringField("expression", bound.expression().isEmpty() ? null : bound.expression());
    json.writeStringField("bound", bound.bound().toString());
  }

  private void writeModel(FileHeader.ModelReference model, JsonGenerator json) throws IOException {
    json.writeStringField(
        "kind", ModelKinds.KNOWN.of(model.kind()).map(ModelKind::name).orElse("unknown"));
    json.writeStringField("sha256", model.hash());
    json.writeBooleanField("embedded", model.embedded());
    json.writeStringField("foundIn", models.get(model.hash()));
  }

  private void writeGroup(int group, JsonGenerator json) throws IOException {
    Schema schema = report.shape().schema();
    json.writeStringField("name", schema.groups().get(group).name());
    json.writeStringField(
        "listIn", group == 0 ? null : schema.groups().get(schema.parent(group)).name());
    json.writeNumberField("entries", report.shape().entries().get(group));
  }

  private void writeColumn(int number, JsonGenerator json) throws IOException {
    ColumnReport column = report.columns().get(number);
    OptionalLong alone = report.bytesAlone(number, decodedBefore);
    ValueType type = column.column().type();
    json.writeStringField("name", column.column().name());
    json.writeStringField("path", column.name().path());
    json.writeStringField("type", type.toString());
    json.writeStringField("unit", column.column().unit());
    json.writeBooleanField("integral", column.column().integral() || !type.isFloat());
    json.writeBooleanField("eventKey", column.column().eventKey());
    json.writeStringField("precision", column.precision().toString());
    writeLoss("earlier", report.header().earlierLosses().get(number), json);
    writeLoss("loss", report.header().losses().get(number), json);
    Double error = column.largestError();
    if (error == null) {
      json.writeNullField("largestError");
      json.writeNullField("errorMeasure");
    } else {
      json.writeNumberField("largestError", error);
      json.writeStringField("errorMeasure", column.errorIsRelative() ? "relative" : "absolute");
    }
    json.writeBooleanField("guaranteed", !column.isMeasured());
    json.writeNumberField("segmentsWithoutModel", report.segmentsWithoutModel().get(number));
    json.writeBooleanField("dithered", column.scale().dithered());
    json.writeNumberField("nans", column.nans());
    OptionalInt decimals = column.scale().decimals();
    if (decimals.isPresent()) {
      json.writeNumberField("decimals", decimals.getAsInt());
    } else {
      json.writeNullField("decimals");
    }
    json.writeArrayFieldStart("exactValues");
    for (double spike : column.scale().spikes()) {
      json.writeNumber(spike);
    }
    json.writeEndArray();
    if (spikeShares == null) {
      json.writeNullField("exactShares");
    } else {
      json.writeArrayFieldStart("exactShares");
      for (double share : spikeShares.shares().get(number)) {
        json.writeNumber(share);
      }
      json.writeEndArray();
    }
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
    json.writeArrayFieldStart("decodedAfter");
    for (int before : decodedBefore.getOrDefault(number, List.of())) {
      json.writeString(report.columns().get(before).name().path());
    }
    json.writeEndArray();
    json.writeNumberField("share", report.share(column.bytes()));
  }

  /** How far values may be from others; null where nothing is known. */
  private static void writeLoss(String name, Loss loss, JsonGenerator json) throws IOException {
    if (loss.isUnknown()) {
      json.writeNullField(name + "Relative");
      json.writeNullField(name + "Absolute");
    } else {
      json.writeNumberField(name + "Relative", loss.relative());
      json.writeNumberField(name + "Absolute", loss.absolute());
    }
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
