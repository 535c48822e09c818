package org.jetfold.spark;

import org.apache.spark.sql.SparkSession;

/** A session of Spark's in the process of the tests, with two tasks at a time. */
public final class LocalSpark {
  private LocalSpark() {}

  /** The session that all tests share. */
  public static SparkSession session() {
    return SparkSession.builder()
        .master("local[2,3]")
        .appName("tests")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate();
  }
}
