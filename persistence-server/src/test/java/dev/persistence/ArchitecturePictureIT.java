package dev.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.persistence.mysql.TestDatabase;
import dev.persistence.settings.SettingTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The picture of the architecture says what is so: its boxes, arrows, threads and limits are those of the code. */
class ArchitecturePictureIT {

    private final String picture = read(Path.of("../docs/architecture.svg"));

    @Test
    void boxes_areThePackages() {
        assertEquals(new TreeSet<>(ArchitectureTest.MAY_IMPORT.keySet()), marked("data-package"));
    }

    @Test
    void dottedArrows_areImportsOfTheFlow() {
        Set<String> arrows = marked("data-imports");
        assertFalse(arrows.isEmpty());
        Set<String> untrue = new TreeSet<>(arrows);
        untrue.removeIf(arrow -> {
            String[] ends = arrow.split(" ", 2);
            return ArchitectureTest.MAY_IMPORT.get(ends[0]).contains(ends[1]);
        });
        assertEquals(Set.of(), untrue);
    }

    @Test
    void bands_areThreadsOfARunningService() throws Exception {
        Set<String> missing = marked("data-thread");
        assertFalse(missing.isEmpty());
        try (TestDatabase database = new TestDatabase();
                RunningService service = RunningService.start(database)) {
            service.get("/health");
            service.get("/metrics");
            Thread.getAllStackTraces().keySet().forEach(thread -> missing.remove(thread.getName()));
        }
        assertEquals(Set.of(), missing);
    }

    @Test
    void limits_areSettingsWithTheirDefaults() {
        Map<String, String> defaults = new TreeMap<>();
        SettingTable.ALL.forEach(setting -> defaults.put(setting.name(), setting.defaultValue()));
        defaults.put("buffer.max-unwritten-bytes", "256 MiB"); // or less: a quarter of this JVM's heap
        Map<String, String> untrue = new TreeMap<>();
        for (String name : marked("data-setting")) {
            String last = name.replaceFirst(".*\\.", "");
            String words = words(picture.indexOf("data-setting=\"" + name + "\""));
            if (!words.startsWith(last + " " + defaults.get(name))) {
                untrue.put(name, words);
            }
        }
        assertEquals(Map.of(), untrue);
        assertEquals(7, marked("data-setting").size());
    }

    /** What is written behind a place, over the lines that follow. */
    private String words(int place) {
        String svg = picture.substring(picture.indexOf('>', place) + 1);
        return svg.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ").strip().substring(0, 60);
    }

    private Set<String> marked(String attribute) {
        return Pattern.compile(attribute + "=\"([^\"]+)\"")
                .matcher(picture)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new IllegalStateException(file.toString(), failed);
        }
    }
}
