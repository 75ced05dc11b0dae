package dev.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documents lead where they say, and can all be found. */
class DocumentsTest {

    private static final Path ROOT = Path.of("..");

    private final DocumentLinks links = new DocumentLinks(ROOT);

    @Test
    void links_leadToFilesAndSectionsThatExist() {
        assertEquals(Set.of(), links.dead());
    }

    @Test
    void everyDocument_isLinkedFromTheReadme() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        Set<String> unlinked = new TreeSet<>();
        for (Path document : links.documents()) {
            String path = ROOT.relativize(document).toString();
            if (!path.equals("README.md") && !readme.contains("](" + path)) {
                unlinked.add(path);
            }
        }
        assertEquals(Set.of(), unlinked);
    }

    @Test
    void deadLinks_areFound(@TempDir Path folder) throws IOException {
        Files.createDirectory(folder.resolve("docs"));
        Files.writeString(folder.resolve("README.md"), """
                # A heading: with `code`, and more
                [a](docs/a.md) [b](docs/b.md) [c](docs/a.md#here) [d](#a-heading-with-code-and-more) [e](#e)
                ```sh
                # comment
                [f](f.md)
                ```
                """);
        Files.writeString(folder.resolve("docs/a.md"), "## Here\n[back](../README.md#comment)");

        assertEquals(
                Set.of("README.md: ](docs/b.md)", "README.md: ](#e)", "docs/a.md: ](../README.md#comment)"),
                new DocumentLinks(folder).dead());
        assertEquals(2, new DocumentLinks(folder).documents().size());
    }
}
