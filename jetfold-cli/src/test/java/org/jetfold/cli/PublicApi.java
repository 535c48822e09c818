package org.jetfold.cli;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.TypeVariable;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What users of a module can see: public types of the packages that it exports to all, with their
 * public and protected members. Of names the package is left out, and so is what every class,
 * record and enum has.
 */
final class PublicApi {
  private static final Set<String> OF_EVERY_CLASS =
      Set.of("boolean equals(Object)", "int hashCode()", "String toString()");

  private final List<Class<?>> types = new ArrayList<>();

  /** Looks through a module of the class path. */
  PublicApi(String module) throws IOException, URISyntaxException {
    ClassLoader loader = PublicApi.class.getClassLoader();
    for (URL url : Collections.list(loader.getResources("module-info.class"))) {
      ModuleDescriptor descriptor;
      try (InputStream in = url.openStream()) {
        descriptor = ModuleDescriptor.read(in);
      }
      if (descriptor.name().equals(module)) {
        addExported(descriptor, url.toURI(), loader);
      }
    }
    if (types.isEmpty()) {
      throw new AssertionError("no module " + module + " that exports a type");
    }
  }

  private void addExported(ModuleDescriptor descriptor, URI descriptorFile, ClassLoader loader)
      throws IOException {
    if (descriptorFile.getScheme().equals("jar")) {
      try (FileSystem jar = FileSystems.newFileSystem(descriptorFile, Map.of())) {
        addExported(descriptor, jar.getPath("/"), loader);
      }
    } else {
      addExported(descriptor, Path.of(descriptorFile).resolveSibling(""), loader);
    }
  }

  private void addExported(ModuleDescriptor descriptor, Path folder, ClassLoader loader)
      throws IOException {
    for (ModuleDescriptor.Exports exports : new TreeSet<>(descriptor.exports())) {
      if (!exports.isQualified()) {
        try (Stream<Path> files = Files.list(folder.resolve(exports.source().replace('.', '/')))) {
          files
              .map(file -> file.getFileName().toString())
              .filter(file -> file.endsWith(".class") && !file.equals("package-info.class"))
              .map(file -> exports.source() + "." + file.substring(0, file.indexOf(".class")))
              .sorted()
              .map(name -> load(name, loader))
              .filter(PublicApi::isVisible)
              .forEach(types::add);
        }
      }
    }
  }

  private static Class<?> load(String name, ClassLoader loader) {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  /** A nested type is as visible as all around it. */
  private static boolean isVisible(Class<?> type) {
    return isVisible(type.getModifiers())
        && !type.isAnonymousClass()
        && !type.isLocalClass()
        && (type.getEnclosingClass() == null || isVisible(type.getEnclosingClass()));
  }

  private static boolean isVisible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  /** How many public types there are, nested ones not counted. */
  long topLevelTypes() {
    return types.stream().filter(type -> type.getEnclosingClass() == null).count();
  }

  /** The page. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    String before = "";
    for (Class<?> type : types) {
      if (!type.getPackageName().equals(before)) {
        before = type.getPackageName();
        lines.add("");
        lines.add("package " + before);
      }
      lines.add("");
      lines.add(declaration(type));
      members(type).stream().distinct().sorted().map("  "::concat).forEach(lines::add);
    }
    return lines;
  }

  private static String declaration(Class<?> type) {
    int modifiers = type.getModifiers();
    String kind = type.isInterface() ? "interface" : "class";
    if (type.isRecord()) {
      kind = "record";
    } else if (type.isEnum()) {
      kind = "enum";
    } else if (type.isAnnotation()) {
      kind = "@interface";
    }
    modifiers &= Modifier.classModifiers();
    if (type.isInterface()) {
      modifiers &= ~(Modifier.ABSTRACT | Modifier.STATIC);
    } else if (type.isRecord() || type.isEnum()) {
      modifiers &= ~(Modifier.FINAL | Modifier.ABSTRACT | Modifier.STATIC);
    }
    String line =
        Modifier.toString(modifiers)
            + (type.isSealed() ? " sealed " : " ")
            + kind
            + " "
            + nested(type)
            + parameters(type.getTypeParameters());
    if (type.isRecord()) {
      line +=
          Arrays.stream(type.getRecordComponents())
              .map(component -> simple(component.getAnnotatedType()) + " " + component.getName())
              .collect(joining(", ", "(", ")"));
    }
    Class<?> above = type.getSuperclass();
    if (above != null && above != Object.class && !type.isRecord() && !type.isEnum()) {
      line += " extends " + simple(type.getAnnotatedSuperclass());
    }
    String interfaces =
        Arrays.stream(type.getAnnotatedInterfaces()).map(PublicApi::simple).collect(joining(", "));
    if (!interfaces.isEmpty()) {
      line += (type.isInterface() ? " extends " : " implements ") + interfaces;
    }
    return line;
  }

  private static String nested(Class<?> type) {
    return type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
  }

  private static List<String> members(Class<?> type) {
    List<String> members = new ArrayList<>();
    for (Field field : type.getDeclaredFields()) {
      if (field.isEnumConstant()) {
        members.add(field.getName());
      } else if (isVisible(type, field)) {
        members.add(modifiers(field) + simple(field.getAnnotatedType()) + " " + field.getName());
      }
    }
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (isVisible(type, constructor) && !isOfRecord(type, constructor)) {
        members.add(modifiers(constructor) + type.getSimpleName() + signature(constructor));
      }
    }
    for (Method method : type.getDeclaredMethods()) {
      String rest =
          simple(method.getAnnotatedReturnType()) + " " + method.getName() + signature(method);
      if (isVisible(type, method)
          && !OF_EVERY_CLASS.contains(rest)
          && !isOfRecord(type, method)
          && !isOfEnum(type, method)) {
        members.add(modifiers(method) + parameters(method.getTypeParameters()) + rest);
      }
    }
    return members;
  }

  private static boolean isVisible(Class<?> type, Member member) {
    boolean inherited = !Modifier.isFinal(type.getModifiers());
    return !member.isSynthetic()
        && (Modifier.isPublic(member.getModifiers())
            || (inherited && Modifier.isProtected(member.getModifiers())));
  }

  /** What a record has because of its components, and its declaration tells. */
  private static boolean isOfRecord(Class<?> type, Executable executable) {
    if (!type.isRecord()) {
      return false;
    }
    RecordComponent[] components = type.getRecordComponents();
    return executable instanceof Method method
        ? Arrays.stream(components).map(RecordComponent::getAccessor).anyMatch(method::equals)
        : Arrays.equals(
            Arrays.stream(components).map(RecordComponent::getType).toArray(),
            executable.getParameterTypes());
  }

  private static boolean isOfEnum(Class<?> type, Method method) {
    return type.isEnum()
        && Modifier.isStatic(method.getModifiers())
        && (method.getName().equals("values") || method.getName().equals("valueOf"));
  }

  private static String modifiers(Member member) {
    // A method's bits for 'varargs' and 'bridge' are a field's for 'transient' and 'volatile'.
    int shown = Modifier.PUBLIC | Modifier.PROTECTED | Modifier.STATIC | Modifier.FINAL;
    if (member.getDeclaringClass().isInterface()) {
      shown = Modifier.STATIC | Modifier.FINAL;
    } else if (member instanceof Method) {
      shown |= Modifier.ABSTRACT;
    }
    String text = Modifier.toString(member.getModifiers() & shown);
    if (member instanceof Method method && method.isDefault()) {
      text = "default";
    }
    return text.isEmpty() ? "" : text + " ";
  }

  private static String signature(Executable executable) {
    String signature =
        Arrays.stream(executable.getAnnotatedParameterTypes())
            .map(PublicApi::simple)
            .collect(joining(", ", "(", ")"));
    String thrown =
        Arrays.stream(executable.getAnnotatedExceptionTypes())
            .map(PublicApi::simple)
            .sorted()
            .collect(joining(", "));
    return thrown.isEmpty() ? signature : signature + " throws " + thrown;
  }

  private static String parameters(TypeVariable<?>[] parameters) {
    return parameters.length == 0
        ? ""
        : Arrays.stream(parameters)
            .map(parameter -> {
              String bounds =
                  Arrays.stream(parameter.getAnnotatedBounds())
                      .map(PublicApi::simple)
                      .filter(bound -> !bound.equals("Object"))
                      .collect(joining(" & "));
              return parameter.getName() + (bounds.isEmpty() ? "" : " extends " + bounds);
            })
            .collect(joining(", ", "<", "> "));
  }

  private static String simple(AnnotatedType type) {
    return type.toString()
        .replaceAll("\\b(?:[a-z]\\w*\\.)+(?=[A-Z@])", "")
        .replace("()", "")
        .replace('$', '.');
  }
}
