package org.jetfold.codec.forge;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jetfold.codec.reference.HeaderFields;

/** The head of a header frame, section 4. */
public final class ForgedHeader {
  private ForgedHeader() {}

  /** Writes a header, with the required features that it needs and these optional ones. */
  public static byte[] write(HeaderFields header, long optional) {
    ForgedBytes out = new ForgedBytes();
    boolean latents = header.models().stream().anyMatch(model -> model.latents() > 0);
    long required = (latents ? 1 : 0) | (header.isDithered() ? 2 : 0);
    required |= header.guarantees() == null ? 0 : 4;
    out.varint(required).varint(optional).string(header.producer()).varint(header.models().size());
    for (HeaderFields.Model model : header.models()) {
      out.u8(model.kind()).raw(HexFormat.of().parseHex(model.hash())).u8(model.embedded() ? 1 : 0);
      if (model.latents() > 0) {
        out.varint(model.latents());
        writeSetting(model.coding().precision(), model.coding().value(), out);
      }
    }
    writeGroup(header, 0, out);
    if (header.guarantees() != null) {
      write(header.guarantees(), out);
    }
    return out.bytes();
  }

  private static void write(HeaderFields.Guarantees guarantees, ForgedBytes out) {
    out.string(guarantees.jets()).varint(guarantees.bounds().size());
    for (HeaderFields.Bound bound : guarantees.bounds()) {
      out.string(bound.quantity()).string(bound.expression());
      writeSetting(bound.kind(), bound.value(), out);
    }
    out.varint(guarantees.refined().size());
    guarantees.refined().forEach(out::varint);
  }

  private static void writeGroup(HeaderFields header, int group, ForgedBytes out) {
    List<HeaderFields.Column> columns = new ArrayList<>(header.columns());
    columns.removeIf(column -> column.group() != group);
    out.string(header.groups().get(group).name()).varint(columns.size());
    for (HeaderFields.Column column : columns) {
      writeColumn(column, out);
    }
    List<Integer> lists = new ArrayList<>();
    for (int other = 1; other < header.groups().size(); other++) {
      if (header.groups().get(other).parent() == group) {
        lists.add(other);
      }
    }
    out.varint(lists.size());
    for (int list : lists) {
      writeGroup(header, list, out);
    }
  }

  private static void writeColumn(HeaderFields.Column column, ForgedBytes out) {
    out.string(column.name()).u8(column.type()).u8(column.flags()).string(column.unit());
    writeSetting(column.precision(), column.setting(), out);
    out.varint(column.coding());
  }

  private static void writeSetting(int precision, long setting, ForgedBytes out) {
    out.u8(precision);
    switch (precision) {
      case 0, HeaderFields.MEASURED -> {}
      case 1 -> out.u8((int) setting);
      case HeaderFields.STEP -> {
        long digits = setting >> 32;
        out.varint(setting & 0xFFFF_FFFFL).varint((digits << 1) ^ (digits >> 63));
      }
      default -> out.u64(setting);
    }
  }
}
