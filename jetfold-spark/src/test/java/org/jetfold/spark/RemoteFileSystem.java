package org.jetfold.spark;

import java.net.URI;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * Stands in for a file system over a network, such as HDFS: a scheme of its own, {@code remote:},
 * so that nothing takes its files for those of the machine.
 */
public final class RemoteFileSystem extends RawLocalFileSystem {
  /** The scheme of its paths. */
  static final String SCHEME = "remote";

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }
}
