package dev.persistence.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The operating guide leads where it says. */
class GuideTest {

    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]*)(?:#([^)]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    @Test
    void links_leadToSectionsThatExist() {
        Set<String> dead = new TreeSet<>();
        LINK.matcher(Shipped.text(Shipped.GUIDE)).results().forEach(link -> {
            Path file = link.group(1).isEmpty() ? Shipped.GUIDE : Shipped.GUIDE.resolveSibling(link.group(1));
            if (!Files.exists(file) || !anchors(file).contains(link.group(2) == null ? "" : link.group(2))) {
                dead.add(link.group());
            }
        });
        assertEquals(Set.of(), dead);
    }

    @Test
    void everyFileForOperators_isNamed() {
        String guide = Shipped.text(Shipped.GUIDE);
        assertEquals(
                Set.of(),
                Set.of(Shipped.ALERTS, Shipped.CONFIGURATION, Shipped.DASHBOARD).stream()
                        .filter(file -> !guide.contains(file.getFileName().toString()))
                        .collect(Collectors.toSet()));
    }

    /** As renderers of Markdown make them of headings; the file itself has none. */
    private static Set<String> anchors(Path file) {
        Set<String> anchors = HEADING.matcher(Shipped.text(file))
                .results()
                .map(GuideTest::anchor)
                .collect(Collectors.toCollection(TreeSet::new));
        anchors.add("");
        return anchors;
    }

    private static String anchor(MatchResult heading) {
        return heading.group(1)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }
}
