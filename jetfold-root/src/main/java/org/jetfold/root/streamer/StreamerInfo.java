package org.jetfold.root.streamer;

import java.util.List;

/**
 * How one version of a class is streamed.
 *
 * @param className the class
 * @param version its version
 * @param checksum its checksum, which tells versions apart where the class has no version number
 * @param elements base classes and members in the order of streaming
 */
public record StreamerInfo(
    String className, int version, int checksum, List<StreamerElement> elements) {
  /** Copies the list. */
  public StreamerInfo {
    elements = List.copyOf(elements);
  }
}
