package org.jetfold.codec.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jetfold.codec.file.ByteSource;
import org.jetfold.codec.file.DamagedFileException;
import org.jetfold.codec.file.Footer;

/** Finds the sections of a file whose end or sections are damaged, by the marks of frames. */
final class SectionSearch {
  private final ContainerReader container;
  private final ByteSource source;
  private final byte[] salt;

  /**
   * A search.
   *
   * @param salt of the file's checksums
   */
  SectionSearch(ContainerReader container, ByteSource source, byte[] salt) {
    this.container = container;
    this.source = source;
    this.salt = salt;
  }

  /**
   * Looks through the whole file.
   *
   * @param sectionsFrom a byte before the first section
   */
  ContainerReader.Found find(long sectionsFrom) throws IOException {
    List<SectionHead> found = new ArrayList<>();
    List<Integer> checks = new ArrayList<>();
    Optional<Footer> foundFooter = Optional.empty();
    MarkerSearch search = new MarkerSearch(source);
    // A hostile file may hold nothing but markers that promise long frames; reading them all would
    // never end.
    long budget = 64 * source.size();
    long position = sectionsFrom + 1;
    while (true) {
      long marker = search.next(position);
      if (marker < 0 || budget < 0) {
        return new ContainerReader.Found(listed(found, checks, foundFooter), foundFooter);
      }
      position = marker + 1;
      try {
        Frame frame = Frame.read(source, marker, salt);
        // Whatever a frame with a right checksum holds, its head holds no other frame.
        position = marker + Frame.PREFIX_LENGTH + frame.head().length;
        if (frame.kind() == Frame.FOOTER) {
          // It may have moved with what is damaged before it.
          foundFooter = Optional.of(container.parsedFooter(frame, sectionsFrom, Long.MAX_VALUE));
        } else if (frame.kind() == Frame.DISTRIBUTIONS || frame.kind() == Frame.BLOCK) {
          found.add(
              frame.kind() == Frame.BLOCK
                  ? container.parsedBlock(frame)
                  : ContainerReader.parsedDistributions(frame));
          checks.add(frame.check());
        }
      } catch (DamagedFileException e) {
        // Bytes that look like a marker, or a damaged frame: neither is a section.
        budget -= Frame.promisedLength(source, marker);
      }
    }
  }

  /**
   * The sections that the footer lists. Others, from a file with the same header, would be right
   * but for the footer.
   */
  private List<SectionHead> listed(
      List<SectionHead> found, List<Integer> checks, Optional<Footer> foundFooter) {
    if (foundFooter.isEmpty()) {
      return found;
    }
    List<Footer.Section> sections = foundFooter.get().sections();
    List<SectionHead> listed = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      int index = container.sectionOf(found.get(i).ordinal());
      if (index >= 0 && index < sections.size() && checks.get(i) == sections.get(index).check()) {
        listed.add(found.get(i));
      }
    }
    return listed;
  }
}
