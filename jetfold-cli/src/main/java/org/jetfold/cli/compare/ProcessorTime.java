package org.jetfold.cli.compare;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The processor time that this process took, so that other programs do not spoil a measurement. */
final class ProcessorTime {
  private ProcessorTime() {}

  /** Nanoseconds of all threads. */
  static long now() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  /** The seconds since a time. */
  static double secondsSince(long start) {
    return 1e-9 * Math.max(1, now() - start);
  }
}
