package dev.persistence.monitoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The TCP ports on which a process listens, from the system's files about it. Linux. */
final class Listeners {

    private static final Pattern SOCKET = Pattern.compile("socket:\\[(\\d+)]");
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final String LISTEN = "0A";
    private static final int ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private Listeners() {}

    static List<Integer> of(long pid) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        List<String> sockets = sockets(process.resolve("fd"));
        List<String> lines = new ArrayList<>(Files.readAllLines(process.resolve("net/tcp")));
        lines.addAll(Files.readAllLines(process.resolve("net/tcp6")));
        return lines.stream()
                .map(line -> SPACE.split(line.trim()))
                .filter(fields -> fields[STATE].equals(LISTEN) && sockets.contains(fields[INODE]))
                .map(fields -> fields[ADDRESS])
                .map(address -> Integer.valueOf(address.substring(address.indexOf(':') + 1), 16))
                .distinct()
                .toList();
    }

    private static List<String> sockets(Path descriptors) throws IOException {
        try (Stream<Path> open = Files.list(descriptors)) {
            return open.map(Listeners::target)
                    .map(SOCKET::matcher)
                    .filter(Matcher::matches)
                    .map(socket -> socket.group(1))
                    .toList();
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closed) {
            return "";
        }
    }
}
