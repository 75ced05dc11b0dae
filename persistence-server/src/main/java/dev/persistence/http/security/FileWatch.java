package dev.persistence.http.security;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every few seconds whether files have changed, by their content: so it sees a file that is replaced, rewritten
 * within the clock's grain, or behind a symbolic link that is put elsewhere, as Kubernetes does. A change is taken up once
 * it has been the same for two looks, since two files that belong together are rarely written at once. Runs on the daemon
 * thread {@code file-watch}.
 */
final class FileWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);
    private static final int MOST_BYTES = 1 << 20;

    private final List<Watched> all;
    private final Duration pause;
    private final Thread thread = new Thread(this::watch, "file-watch");

    private FileWatch(List<Watched> all, Duration pause) {
        this.all = all;
        this.pause = pause;
    }

    /** Reads files again. */
    @FunctionalInterface
    interface Reload {
        /**
         * Reads them.
         *
         * @throws IllegalArgumentException if the files cannot be used, so that what was read before stays in force
         */
        void run();
    }

    /** Files that are read together. */
    static final class Watched {

        private final String settings;
        private final List<Path> files;

        // Owned by the watching thread, once it runs.
        private Reload reload;
        private String inForce;
        private String lastSeen;

        /**
         * Files as they are now. Made before they are read for the first time, so that no change falls in between.
         *
         * @param settings the names of the settings that name the files, for messages
         */
        Watched(String settings, List<Path> files) {
            this.settings = settings;
            this.files = files;
            this.inForce = fingerprint();
            this.lastSeen = inForce;
        }

        /** What is done after a change. Said before the watching begins. */
        void onChange(Reload action) {
            reload = action;
        }

        private void look() {
            String now = fingerprint();
            if (now.equals(lastSeen) && !now.equals(inForce)) {
                inForce = now; // also where it cannot be used: the next change is what matters
                reload();
            }
            lastSeen = now;
        }

        private void reload() {
            try {
                reload.run();
                LOG.info("{}: read again after a change", settings);
            } catch (IllegalArgumentException unusable) {
                LOG.error(
                        "{}: changed, and cannot be used; what was read before stays in force: {}",
                        settings,
                        unusable.getMessage());
            } catch (RuntimeException unforeseen) {
                LOG.error("{}: changed, and could not be read again", settings, unforeseen);
            }
        }

        private String fingerprint() {
            MessageDigest digest = Token.sha256();
            for (Path file : files) {
                try (InputStream in = Files.newInputStream(file)) {
                    digest.update(in.readNBytes(MOST_BYTES));
                } catch (IOException unreadable) {
                    digest.update((byte) 1);
                }
                digest.update((byte) 0); // what moves from one file into the next is a change too
            }
            return HexFormat.of().formatHex(digest.digest());
        }
    }

    /** Begins to look, if there is anything to look at. */
    static FileWatch start(List<Watched> watched, Duration pause) {
        FileWatch watch = new FileWatch(new ArrayList<>(watched), pause);
        watch.thread.setDaemon(true);
        if (!watched.isEmpty()) {
            watch.thread.start();
        }
        return watch;
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(pause.toMillis());
                all.forEach(Watched::look);
            }
        } catch (InterruptedException closed) {
            // the end of the thread
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
