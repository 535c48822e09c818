package org.jetfold.spark.read;

import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.metric.CustomSumMetric;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;

/** What Spark's pages show of a scan. */
public final class ReadMetrics {
  private ReadMetrics() {}

  static CustomMetric[] all() {
    return new CustomMetric[] {new BytesRead(), new Blocks(), new Skipped()};
  }

  /** Bytes of files that tasks read. Public, as Spark makes one by its name. */
  public static final class BytesRead extends CustomSumMetric {
    static final String NAME = "jetfoldBytesRead";

    /** A metric without values. */
    public BytesRead() {}

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public String description() {
      return "bytes of files read";
    }
  }

  /** Blocks that were decoded. */
  public static final class Blocks extends CustomSumMetric {
    static final String NAME = "jetfoldBlocks";

    /** A metric without values. */
    public Blocks() {}

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public String description() {
      return "blocks decoded";
    }
  }

  /** Blocks that were left out because they are damaged. */
  public static final class Skipped extends CustomSumMetric {
    static final String NAME = "jetfoldSkipped";

    /** A metric without values. */
    public Skipped() {}

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public String description() {
      return "damaged blocks left out";
    }
  }

  /** A task's part of one of them. */
  record OfTask(String name, long value) implements CustomTaskMetric {}
}
