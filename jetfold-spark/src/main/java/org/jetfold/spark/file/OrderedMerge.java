package org.jetfold.spark.file;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Merges what tasks have made, in their order. So that the driver holds no more than one, tasks
 * merge two neighbours at a time until one is left. What is sent is deflated: much of it is zeros.
 */
public final class OrderedMerge {
  private static final int AT_A_TIME = 2;
  private static final int BUFFER = 1 << 16;

  private OrderedMerge() {}

  /** Merges two. */
  @FunctionalInterface
  public interface Merging<T> extends Serializable {
    /** What is made of two, of which one may be changed for that. */
    T merged(T first, T next) throws IOException;
  }

  /**
   * Merges all elements, in their order.
   *
   * @return null where there are none
   */
  public static <T extends Serializable> @Nullable T of(JavaRDD<T> elements, Merging<T> merging)
      throws IOException {
    int count = elements.getNumPartitions();
    JavaPairRDD<Integer, byte[]> parts =
        elements
            .mapPartitionsWithIndex(
                (partition, own) -> numbered(partition, merged(own, merging)), true)
            .mapToPair(part -> part);
    while (count > 1) {
      count = (count + AT_A_TIME - 1) / AT_A_TIME;
      parts =
          parts
              .repartitionAndSortWithinPartitions(new Neighbours(count))
              .mapPartitionsToPair(own -> {
                if (!own.hasNext()) {
                  return List.<Tuple2<Integer, byte[]>>of().iterator();
                }
                Merged<T> merged = new Merged<>(own, merging);
                return numbered(merged.first() / AT_A_TIME, merged.value());
              });
    }
    List<Tuple2<Integer, byte[]>> last = parts.collect();
    return last.isEmpty() ? null : OrderedMerge.<T>read(last.getFirst()._2());
  }

  private static <T extends Serializable> @Nullable T merged(
      Iterator<T> elements, Merging<T> merging) throws IOException {
    T all = elements.hasNext() ? elements.next() : null;
    while (all != null && elements.hasNext()) {
      all = merging.merged(all, elements.next());
    }
    return all;
  }

  /** The merged values of neighbours, and the number of the first. */
  private static final class Merged<T extends Serializable> {
    private final int first;
    private final T value;

    Merged(Iterator<Tuple2<Integer, byte[]>> parts, Merging<T> merging) throws IOException {
      Tuple2<Integer, byte[]> part = parts.next();
      first = part._1();
      T all = read(part._2());
      while (parts.hasNext()) {
        all = merging.merged(all, OrderedMerge.<T>read(parts.next()._2()));
      }
      value = all;
    }

    int first() {
      return first;
    }

    T value() {
      return value;
    }
  }

  private static <T extends Serializable> Iterator<Tuple2<Integer, byte[]>> numbered(
      int number, @Nullable T value) throws IOException {
    return value == null
        ? List.<Tuple2<Integer, byte[]>>of().iterator()
        : List.of(new Tuple2<>(number, written(value))).iterator();
  }

  /** Whatever serializer Spark was told to use: not all of them know what a class writes. */
  private static byte[] written(Serializable value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Deflater fast = new Deflater(Deflater.BEST_SPEED);
    try (ObjectOutputStream out =
        new ObjectOutputStream(
            new BufferedOutputStream(new DeflaterOutputStream(bytes, fast), BUFFER))) {
      out.writeObject(value);
    } finally {
      fast.end();
    }
    return bytes.toByteArray();
  }

  // Only this class writes what it reads.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Serializable> T read(byte[] bytes) throws IOException {
    try (ObjectInputStream in =
        new OwnClasses(
            new BufferedInputStream(
                new InflaterInputStream(new ByteArrayInputStream(bytes)), BUFFER))) {
      return (T) in.readObject();
    } catch (ClassNotFoundException e) {
      throw new IOException("an executor has another version of Jetfold than the driver", e);
    }
  }

  /** Spark loads a job's classes by a loader that is not the usual one of its threads. */
  private static final class OwnClasses extends ObjectInputStream {
    OwnClasses(InputStream in) throws IOException {
      super(in);
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass described)
        throws IOException, ClassNotFoundException {
      try {
        return Class.forName(
            described.getName(), /* initialize= */ false, OrderedMerge.class.getClassLoader());
      } catch (ClassNotFoundException e) {
        return super.resolveClass(described);
      }
    }
  }

  /** Keeps neighbours together. */
  private static final class Neighbours extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final int count;

    Neighbours(int count) {
      this.count = count;
    }

    @Override
    public int numPartitions() {
      return count;
    }

    @Override
    public int getPartition(Object number) {
      return (Integer) number / AT_A_TIME;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Neighbours neighbours && neighbours.count == count;
    }

    @Override
    public int hashCode() {
      return count;
    }
  }
}
