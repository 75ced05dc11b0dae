package dev.persistence.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The inputs that once broke a property, in the folder {@code fuzz/TARGET} of the test resources. */
final class KeptInputs {

    private KeptInputs() {}

    static Map<String, byte[]> of(String target) {
        Map<String, byte[]> inputs = new TreeMap<>();
        URL folder = KeptInputs.class.getResource("/fuzz/" + target);
        if (folder != null) {
            try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
                for (Path file : files.toList()) {
                    inputs.put(file.getFileName().toString(), Files.readAllBytes(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (URISyntaxException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        return inputs;
    }
}
