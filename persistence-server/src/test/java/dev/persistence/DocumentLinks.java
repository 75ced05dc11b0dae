package dev.persistence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The links between the documents of a folder and those in its {@code docs}. */
final class DocumentLinks {

    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern CODE = Pattern.compile("(?ms)^ *```.*?^ *```$");

    private final Path folder;

    DocumentLinks(Path folder) {
        this.folder = folder;
    }

    /** Every link that leads nowhere, as {@code document: (target)}. */
    Set<String> dead() {
        Set<String> dead = new TreeSet<>();
        for (Path document : documents()) {
            LINK.matcher(text(document))
                    .results()
                    .filter(link -> !resolves(document, link))
                    .forEach(link -> dead.add(folder.relativize(document) + ": " + link.group()));
        }
        return dead;
    }

    List<Path> documents() {
        try (Stream<Path> own = Files.list(folder);
                Stream<Path> docs = Files.list(folder.resolve("docs"))) {
            return Stream.concat(own, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static boolean resolves(Path document, MatchResult link) {
        Path target = link.group(1).isEmpty() ? document : document.resolveSibling(link.group(1));
        return Files.exists(target) && (link.group(2) == null || anchors(target).contains(link.group(2)));
    }

    /** As renderers of Markdown make them of headings. */
    private static Set<String> anchors(Path document) {
        return HEADING.matcher(text(document))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** Without examples: what looks like a link or a heading there is none. */
    private static String text(Path document) {
        try {
            return CODE.matcher(Files.readString(document)).replaceAll("");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
