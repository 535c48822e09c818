package org.jetfold.dist;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** An operating system with a processor, as native libraries are made for one. */
enum Platform {
  /** Linux on 64-bit x86. */
  LINUX_X86_64("linux-x86_64"),
  /** Linux on 64-bit ARM. */
  LINUX_AARCH64("linux-aarch64"),
  /** macOS on Intel's processors. */
  MACOS_X86_64("macos-x86_64"),
  /** macOS on Apple's processors. */
  MACOS_AARCH64("macos-aarch64"),
  /** Any other, for which no archives are made. */
  OTHER("other");

  /** How many of a file's first bytes tell. */
  static final int HEAD_BYTES = 20;

  private static final int ELF = 0x7f454c46;
  private static final int ELF_BSD = 9;
  private static final int ELF_X86_64 = 62;
  private static final int ELF_AARCH64 = 183;
  private static final int MACH_O = 0xcffaedfe;
  private static final int MACH_O_32_BITS = 0xcefaedfe;
  private static final int MACH_O_X86_64 = 0x01000007;
  private static final int MACH_O_AARCH64 = 0x0100000c;
  private static final int WINDOWS = 0x4d5a9000;
  private static final int AIX = 0x01f70000;
  private static final int AIX_ARCHIVE = 0x3c626967;

  private final String key;

  Platform(String key) {
    this.key = key;
  }

  /** Finds one by its name in the names of archives. */
  static Platform of(String key) {
    for (Platform platform : values()) {
      if (platform.key.equals(key) && platform != OTHER) {
        return platform;
      }
    }
    throw new IllegalArgumentException(
        "the platform must be linux-x86_64, linux-aarch64, macos-x86_64 or macos-aarch64, was "
            + key);
  }

  /**
   * Which platform a native library or program is for.
   *
   * @param head the file's first bytes
   * @return empty where it is neither
   */
  static Optional<Platform> ofNative(byte[] head) {
    if (head.length < HEAD_BYTES) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(head);
    return switch (bytes.getInt(0)) {
      case ELF -> Optional.of(ofElf(bytes));
      case MACH_O -> Optional.of(ofMachO(bytes.order(ByteOrder.LITTLE_ENDIAN).getInt(4)));
      case MACH_O_32_BITS, WINDOWS, AIX_ARCHIVE -> Optional.of(OTHER);
      default -> (bytes.getInt(0) & 0xffff0000) == AIX ? Optional.of(OTHER) : Optional.empty();
    };
  }

  private static Platform ofElf(ByteBuffer bytes) {
    boolean isLittleEndian = bytes.get(5) == 1;
    int machine =
        bytes.order(isLittleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN).getShort(18);
    if (bytes.get(7) == ELF_BSD) {
      return OTHER;
    }
    return switch (machine) {
      case ELF_X86_64 -> LINUX_X86_64;
      case ELF_AARCH64 -> LINUX_AARCH64;
      default -> OTHER;
    };
  }

  private static Platform ofMachO(int processor) {
    return switch (processor) {
      case MACH_O_X86_64 -> MACOS_X86_64;
      case MACH_O_AARCH64 -> MACOS_AARCH64;
      default -> OTHER;
    };
  }

  @Override
  public String toString() {
    return key;
  }
}
