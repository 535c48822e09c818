package org.jetfold.tables.arrow;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Which values of a field are looked at: {@code count} values between the places {@code first} and
 * {@code first + span}, all of them or some, of which some are missing.
 *
 * @param places where they are behind the first, rising; null for one behind the other
 * @param missing which are missing; null for none
 */
record Slots(
    long first, int span, int count, int @Nullable [] places, boolean @Nullable [] missing) {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Values one behind the other. */
  static Slots range(long first, int count) {
    return new Slots(first, count, count, null, null);
  }

  private int place(int i) {
    return places == null ? i : places[i];
  }

  /** Whether a value is missing. */
  boolean isMissing(int i) {
    return missing != null && missing[i];
  }

  /** The same, with those that a field says are missing. */
  Slots in(Batch batch, ArrowField field) throws IOException {
    if (first > batch.length(field) - span) {
      throw batch.damaged(
          "field %s has %d values, fewer than what is around it"
              .formatted(field.name(), batch.length(field)));
    }
    if (count == 0 || batch.missing(field) == 0) {
      return this;
    }
    long start = first / Byte.SIZE;
    long end = (first + span + Byte.SIZE - 1) / Byte.SIZE;
    byte[] bits = batch.bytes(field, 0, start, end - start);
    boolean[] flags = new boolean[count];
    for (int i = 0; i < count; i++) {
      flags[i] = isMissing(i) || !bit(bits, first - start * Byte.SIZE + place(i));
    }
    return new Slots(first, span, count, places, flags);
  }

  /** A bit of a bit map. */
  static boolean bit(byte[] bits, long at) {
    return (bits[(int) (at / Byte.SIZE)] >> (at % Byte.SIZE) & 1) != 0;
  }

  /** Lists between places in a child field. */
  record Opened(Slots contents, int[] offsets, int missing) {}

  /** What lists between offsets hold. Missing ones are empty. */
  Opened lists(Batch batch, ArrowField field) throws IOException {
    Limits limits = limits(batch, field);
    int[] offsets = new int[count + 1];
    int missingLists = 0;
    long from = -1;
    long to = 0;
    for (int i = 0; i < count; i++) {
      long start = limits.at(place(i));
      long end = limits.at(place(i) + 1);
      boolean there = !isMissing(i);
      missingLists += there ? 0 : 1;
      if (there && (start < to || end < start)) {
        throw batch.damaged("the offsets of field %s fall".formatted(field.name()));
      }
      if (there && end > start) {
        from = from < 0 ? start : from;
        to = end;
      }
      offsets[i + 1] = length(batch, field, offsets[i] + (there ? end - start : 0));
    }
    requireValues(batch, field, to);
    long begin = Math.max(0, from);
    int total = offsets[count];
    int all = length(batch, field, to - begin);
    if (total == all) {
      return new Opened(range(begin, total), offsets, missingLists);
    }
    int[] inner = new int[total];
    for (int i = 0; i < count; i++) {
      long start = limits.at(place(i)) - begin;
      for (int at = offsets[i]; at < offsets[i + 1]; at++) {
        inner[at] = (int) (start + at - offsets[i]);
      }
    }
    return new Opened(new Slots(begin, all, total, inner, null), offsets, missingLists);
  }

  /** Before room is made for them: offsets may promise any number of values. */
  private static void requireValues(Batch batch, ArrowField lists, long count) {
    long there = batch.length(lists.children().getFirst());
    if (count > there) {
      throw batch.damaged(
          "the lists of field %s end at value %d of %d".formatted(lists.name(), count, there));
    }
  }

  private static int length(Batch batch, ArrowField field, long length) {
    if (length > Integer.MAX_VALUE - Long.BYTES) {
      throw batch.damaged(
          "the lists of field %s are longer than any table may have".formatted(field.name()));
    }
    return (int) length;
  }

  /** Where lists begin and end. */
  private interface Limits {
    long at(int place);
  }

  private Limits limits(Batch batch, ArrowField field) throws IOException {
    if (field.contents() instanceof ArrowField.EqualLists(int size)) {
      return place -> (first + place) * size;
    }
    int bytes = ((ArrowField.Lists) field.contents()).offsetBytes();
    // Where there are no lists, there may be no offsets.
    byte[] offsets =
        count == 0 ? new byte[0] : batch.bytes(field, 1, first * bytes, (span + 1L) * bytes);
    return bytes == Integer.BYTES
        ? place -> (int) INT.get(offsets, place * Integer.BYTES)
        : place -> (long) LONG.get(offsets, place * Long.BYTES);
  }
}
