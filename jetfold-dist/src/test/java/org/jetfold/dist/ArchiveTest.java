package org.jetfold.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** The archives of a release run where nothing else is. */
@Tag("archives")
@ParameterizedClass
@ValueSource(strings = {"lean", "full"})
final class ArchiveTest {
  private static final int FAILED = 3;

  @Parameter String variant = "";
  private static UnpackedArchive archive;

  @BeforeParameterizedClassInvocation
  static void unpack(String variant, @TempDir Path temporary) throws Exception {
    archive = UnpackedArchive.unpack(variant, temporary);
  }

  @Test
  void demoRunsOnItsOwnJava() throws Exception {
    assertThat(archive.fine("demo")).contains("are within their bounds");
    UnpackedArchive.Run run =
        archive.run(
            Map.of("JETFOLD_JAVA_OPTS", "-XshowSettings:properties"),
            archive.folder().resolve("bin/jetfold").toString(),
            "--version");
    assertThat(run.out()).startsWith("jetfold ");
    assertThat(run.err()).contains("java.home = " + archive.folder().resolve("runtime"));
  }

  /** All native libraries, and the modules that formats stand on. */
  @Test
  void everyFormatIsWrittenAndRead() throws Exception {
    Path sample = archive.folder().resolve("samples/jets.npz");
    Path jetf = archive.home().resolve("jets.jetf");
    archive.fine("compress", sample, "-o", jetf, "--precision", "jets,*=bits:10");
    for (String ending : List.of("npz", "parquet", "h5", "root", "csv")) {
      Path back = archive.home().resolve("back." + ending);
      archive.fine("decompress", jetf, "-o", back);
      assertThat(archive.fine("list", back)).contains("pt");
      archive.fine("compress", back, "-o", archive.home().resolve("again." + ending + ".jetf"));
    }
    archive.fine("evaluate", sample, jetf, "--report", archive.home().resolve("report.html"));
    archive.fine(
        "compress",
        sample,
        "-o",
        archive.home().resolve("learned.jetf"),
        "--model",
        archive.folder().resolve("samples/jets.jetm"));
  }

  @Test
  void onlyTheFullOneTrains() throws Exception {
    Path model = archive.home().resolve("jets.jetm");
    UnpackedArchive.Run run =
        archive.jetfold(
            "train",
            archive.folder().resolve("samples/jets.npz"),
            "--precision",
            "jets,*=bits:10",
            "--minutes",
            "0.2",
            "-o",
            model);
    if (variant.equals("full")) {
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(model).isNotEmptyFile();
    } else {
      assertThat(run.exitCode()).isEqualTo(FAILED);
      assertThat(run.err()).contains("needs libtorch").hasLineCount(1);
    }
  }

  @Test
  void nothingIsForOtherPlatforms() throws Exception {
    Set<Platform> platforms = EnumSet.noneOf(Platform.class);
    try (DirectoryStream<Path> jars =
        Files.newDirectoryStream(archive.folder().resolve("lib"), "*.jar")) {
      for (Path path : jars) {
        try (ZipFile jar = new ZipFile(path.toFile())) {
          for (Enumeration<? extends ZipEntry> e = jar.entries(); e.hasMoreElements(); ) {
            try (InputStream in = jar.getInputStream(e.nextElement())) {
              Platform.ofNative(in.readNBytes(Platform.HEAD_BYTES)).ifPresent(platforms::add);
            }
          }
        }
      }
    }
    assertThat(platforms).containsExactly(Platform.LINUX_X86_64);
  }

  @Test
  void missingModuleIsNamed() throws Exception {
    Path release = archive.folder().resolve("runtime/release");
    String modules = System.getProperty("dist.modules");
    assertThat(Files.readString(release)).contains(modules.split(",", -1));
    String whole = Files.readString(release);
    Files.writeString(release, whole.replace("java.sql ", ""));
    UnpackedArchive.Run run = archive.jetfold("demo");
    Files.writeString(release, whole);
    assertThat(run.exitCode()).isEqualTo(FAILED);
    assertThat(run.err()).contains("lacks modules that Jetfold needs: java.sql.");
  }

  /** A page for each command of the help, and a script that bash completes with. */
  @Test
  void manualAndCompletionAreThere() throws Exception {
    Path man = archive.folder().resolve("share/man/man1");
    Pattern.compile("(?m)^  ([a-z][a-z-]*)  ")
        .matcher(archive.fine("--help"))
        .results()
        .map(command -> command.group(1))
        .filter(command -> !command.equals("help"))
        .forEach(command ->
            assertThat(man.resolve("jetfold-" + command + ".1"))
                .content()
                .contains(".TH \"JETFOLD"));
    Path script = archive.folder().resolve("share/bash-completion/completions/jetfold");
    UnpackedArchive.Run run =
        archive.run(
            Map.of(),
            "bash",
            "-c",
            "source \"$1\"; COMP_WORDS=(jetfold decomp); COMP_CWORD=1;"
                + " _complete_jetfold && echo \"${COMPREPLY[@]}\"",
            "bash",
            script);
    assertThat(run.out()).as(run.err()).isEqualTo("decompress\n");
  }

  @Test
  void licencesAndPartsAreTold() throws Exception {
    assertThat(archive.folder().resolve("LICENSE")).isNotEmptyFile();
    assertThat(archive.folder().resolve("licences/README.md")).isNotEmptyFile();
    assertThat(archive.folder().resolve("licences/duckdb.txt")).isNotEmptyFile();
    assertThat(archive.folder().resolve("runtime/legal/java.base")).isNotEmptyDirectory();
    String parts = Files.readString(archive.folder().resolve("sbom.json"));
    assertThat(parts).contains("\"CycloneDX\"", "\"duckdb_jdbc\"");
    assertThat(parts.contains("\"pytorch-native-cpu\"")).isEqualTo(variant.equals("full"));
    try (DirectoryStream<Path> jars =
        Files.newDirectoryStream(archive.folder().resolve("lib"), "{pytorch,jna,gson}*.jar")) {
      assertThat(jars.iterator().hasNext()).isEqualTo(variant.equals("full"));
    }
  }
}
