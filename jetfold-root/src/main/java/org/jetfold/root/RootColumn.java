package org.jetfold.root;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A branch, leaf, member or field that may hold numbers: what can be read by name.
 *
 * @param name the name, unique within its tree: {@code Jet.PT}, {@code jetp4.fP.fX}
 * @param typeName the C++ type as far as the file tells
 * @param type the type of the innermost values; null where it cannot be read
 * @param levels the levels of nesting within an entry, the outermost first; empty for one value an
 *     entry
 * @param problem why it cannot be read; null where it can
 * @param compressedBytes what the branch or field takes in the file; columns that share a branch
 *     each name the whole of it
 * @param uncompressedBytes the same before compression, 0 where the file does not say
 */
public record RootColumn(
    String name,
    String typeName,
    @Nullable ValueType type,
    List<Level> levels,
    @Nullable String problem,
    long compressedBytes,
    long uncompressedBytes) {
  /** Copies the list. */
  public RootColumn {
    levels = List.copyOf(levels);
  }

  /** Whether {@link RootTree#read} can read it. */
  public boolean isReadable() {
    return problem == null;
  }

  /** The number of levels of nesting. */
  public int depth() {
    return levels.size();
  }
}
