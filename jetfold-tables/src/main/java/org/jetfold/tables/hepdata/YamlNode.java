package org.jetfold.tables.hepdata;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jetfold.codec.table.UnreadableTableException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A mapping of a YAML document, with its place for messages.
 *
 * @param place where it is, from the root: {@code dependent_variables[0].values[3]}
 * @param fields by their names
 */
record YamlNode(String place, Map<?, ?> fields) {
  private static final int MAX_CHARACTERS = 1 << 26;

  /**
   * Reads a document.
   *
   * @throws UnreadableTableException where it is no YAML, or no mapping
   */
  static YamlNode read(InputStream in) throws IOException {
    Object root;
    try {
      root =
          new Load(LoadSettings.builder().setCodePointLimit(MAX_CHARACTERS).build())
              .loadFromInputStream(in);
    } catch (YamlEngineException e) {
      throw new UnreadableTableException(
          "is no YAML table: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (!(root instanceof Map<?, ?> fields)) {
      throw new UnreadableTableException(
          "is no table of HEPData: expected independent_variables and dependent_variables");
    }
    return new YamlNode("", fields);
  }

  private String place(String key) {
    return place.isEmpty() ? key : place + "." + key;
  }

  private UnreadableTableException expected(String key, String what) {
    Object value = fields.get(key);
    return new UnreadableTableException(
        "%s must be %s%s"
            .formatted(place(key), what, value == null ? "" : ", was " + shortened(value)));
  }

  private static String shortened(Object value) {
    String text = value.toString().replaceAll("\\s+", " ");
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }

  boolean has(String key) {
    return fields.get(key) != null;
  }

  /** The mappings of a list. */
  List<YamlNode> list(String key) {
    if (!(fields.get(key) instanceof List<?> items)) {
      throw expected(key, "a list");
    }
    List<YamlNode> nodes = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      if (!(items.get(i) instanceof Map<?, ?> item)) {
        throw new UnreadableTableException(
            "%s[%d] must have names and values".formatted(place(key), i));
      }
      nodes.add(new YamlNode("%s[%d]".formatted(place(key), i), item));
    }
    return nodes;
  }

  List<YamlNode> listOrNone(String key) {
    return has(key) ? list(key) : List.of();
  }

  YamlNode map(String key) {
    if (fields.get(key) instanceof Map<?, ?> inner) {
      return new YamlNode(place(key), inner);
    }
    throw expected(key, "there, with names and values");
  }

  String text(String key) {
    Object value = fields.get(key);
    if (value == null) {
      throw expected(key, "there");
    }
    return value.toString();
  }

  String textOrEmpty(String key) {
    return has(key) ? text(key) : "";
  }

  double number(String key) {
    Double number = numeric(fields.get(key));
    if (number == null) {
      throw expected(key, "a number");
    }
    return number;
  }

  /** A number, or a percentage of the value of a node. */
  double numberOrPercent(String key, YamlNode whole) {
    if (fields.get(key) instanceof String text && text.endsWith("%")) {
      Double percent = numeric(text.substring(0, text.length() - 1));
      if (percent != null) {
        return percent / 100 * whole.number("value");
      }
    }
    return number(key);
  }

  /** Numbers stand in quotes, too. */
  private static @Nullable Double numeric(@Nullable Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    if (value instanceof String text) {
      try {
        return Double.valueOf(text.strip());
      } catch (NumberFormatException e) {
        return null;
      }
    }
    return null;
  }
}
