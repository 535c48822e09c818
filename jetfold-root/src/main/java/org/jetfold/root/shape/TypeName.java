package org.jetfold.root.shape;

import java.util.ArrayList;
import java.util.List;

/**
 * A C++ type's name, taken apart: {@code vector<pair<int,float> >} is {@code vector} of one
 * argument.
 *
 * @param text the whole name, with {@code std::} and superfluous spaces taken out
 * @param name the name before the arguments, with what follows them: {@code vector}, {@code Foo*}
 * @param arguments the template arguments
 */
public record TypeName(String text, String name, List<TypeName> arguments) {
  /** No real name nests nearly as deeply. */
  private static final int MAX_DEPTH = 32;

  /** Copies the list. */
  public TypeName {
    arguments = List.copyOf(arguments);
  }

  /** Takes a name apart. What cannot be taken apart is a name without arguments. */
  public static TypeName parse(String text) {
    return parse(text, 0);
  }

  private static TypeName parse(String text, int depth) {
    String plain = plain(text);
    int open = plain.indexOf('<');
    int close = plain.lastIndexOf('>');
    if (open < 0 || close < open || depth > MAX_DEPTH) {
      return new TypeName(plain, plain, List.of());
    }
    List<TypeName> arguments = new ArrayList<>();
    int nested = 0;
    int from = open + 1;
    for (int i = open + 1; i < close; i++) {
      char c = plain.charAt(i);
      if (c == '<') {
        nested++;
      } else if (c == '>') {
        nested--;
      } else if (c == ',' && nested == 0) {
        arguments.add(parse(plain.substring(from, i), depth + 1));
        from = i + 1;
      }
    }
    arguments.add(parse(plain.substring(from, close), depth + 1));
    return new TypeName(
        plain, plain.substring(0, open) + plain.substring(close + 1).strip(), arguments);
  }

  private static String plain(String text) {
    String plain = text.strip().replace("std::", "").replace("__cxx11::", "");
    if (plain.startsWith("const ")) {
      plain = plain.substring(6);
    }
    return plain.replaceAll("\\s*([<>,*&])\\s*", "$1").replaceAll("\\s+", " ").strip();
  }
}
