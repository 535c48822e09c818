package org.jetfold.root.shape;

import java.io.IOException;
import org.jetfold.root.source.ByteCursor;

/**
 * Reads objects that have no header: those of a branch that was not split, of a class without a
 * streamer of its own.
 */
final class MembersReader extends ValueReader {
  private final InstanceReader instance;

  MembersReader(InstanceReader instance) {
    this.instance = instance;
  }

  @Override
  public void read(ByteCursor in) throws IOException {
    instance.readMembersOnce(in);
  }
}
