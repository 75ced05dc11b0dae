package dev.persistence.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs one target under Jazzer for some seconds: {@code Fuzzing TARGET SECONDS FOLDER}. Below the folder it keeps what
 * it learned for the next run ({@code corpus}) and each input that broke a property ({@code findings}).
 */
final class Fuzzing {

    private static final String OURS = "dev.persistence.**";

    private Fuzzing() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        String name = arguments[0];
        Path folder = Path.of(arguments[2]).resolve(name);
        Path findings = Files.createDirectories(folder.resolve("findings"));
        ProcessBuilder fuzzer = new ProcessBuilder(command(name, arguments[1], folder));
        int exit = fuzzer.inheritIO().start().waitFor();
        long found = count(findings);
        System.out.println(found + " findings in " + findings);
        System.exit(found == 0 ? exit : 1);
    }

    private static List<String> command(String name, String seconds, Path folder) throws IOException {
        FuzzTarget target = FuzzTargets.named(name);
        Path words = Files.write(folder.resolve("words"), dictionary(target.words()));
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                "-Xss4m",
                "-Dfuzz.target=" + name,
                "-Dio.netty.leakDetection.level=paranoid",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + JazzerEntry.class.getName(),
                "--instrumentation_includes=" + OURS + ":com.fasterxml.jackson.core.**:io.netty.handler.codec.**",
                "--instrumentation_excludes=dev.persistence.fuzz.**",
                "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.*",
                "--custom_hook_includes=" + OURS,
                "--keep_going=50",
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder.resolve("findings") + "/",
                "-max_total_time=" + seconds,
                "-max_len=" + target.longestInput(),
                "-timeout=60",
                "-print_final_stats=1",
                "-dict=" + words,
                Files.createDirectories(folder.resolve("corpus")).toString(),
                seeds(name, target, folder).toString());
    }

    private static Path seeds(String name, FuzzTarget target, Path folder) throws IOException {
        Path seeds = Files.createDirectories(folder.resolve("seeds"));
        int number = 0;
        for (Map<String, byte[]> inputs : List.of(target.seeds(), KeptInputs.of(name))) {
            for (byte[] input : inputs.values()) {
                Files.write(seeds.resolve("seed-" + number++), input);
            }
        }
        return seeds;
    }

    private static long count(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    /** The words in the fuzzer's form: quoted, all but plain characters as hexadecimal escapes. */
    private static byte[] dictionary(String[] words) {
        StringBuilder lines = new StringBuilder();
        for (String word : words) {
            lines.append('"');
            for (byte unit : word.getBytes(StandardCharsets.UTF_8)) {
                boolean plain = unit > ' ' && unit < 127 && unit != '"' && unit != '\\';
                lines.append(plain ? String.valueOf((char) unit) : String.format(Locale.ROOT, "\\x%02X", unit));
            }
            lines.append("\"\n");
        }
        return lines.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
