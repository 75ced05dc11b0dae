package dev.persistence.packages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A fresh Debian 12 with a Java, in a folder: made by debootstrap once and kept in the temporary folder for the next time;
 * each test changes a layer of its own above it. It has the network of this machine.
 */
final class DebianRoot implements AutoCloseable {

    private static final String RELEASE = "bookworm";
    private static final String PACKAGES = "systemd,systemd-sysv,dbus,adduser,openjdk-17-jre-headless";
    private static final Path BASE =
            Path.of(System.getProperty("java.io.tmpdir"), "persistence-packages-" + RELEASE + "-1");

    private final String layers; // its own first, as overlays have them
    private final Path root;
    private boolean hasProcesses; // by the test's thread

    private DebianRoot(String layers, Path root) {
        this.layers = layers;
        this.root = root;
    }

    /** Skips the test where it cannot be made. */
    static DebianRoot fresh(Path folder) {
        Command.assumeRoot();
        Command.assumeInstalled("debootstrap", "debootstrap");
        makeBase();
        return mounted(folder, BASE.toString());
    }

    /** Another, which begins with all that was done in this one; this one is closed by now, and changes no more. */
    DebianRoot copy(Path folder) {
        return mounted(folder, layers);
    }

    private static DebianRoot mounted(Path folder, String below) {
        Path upper = make(folder.resolve("upper"));
        Path root = make(folder.resolve("root"));
        String options = "lowerdir=" + below + ",upperdir=" + upper + ",workdir=" + make(folder.resolve("work"));
        Command.run("mount", "-t", "overlay", "overlay", "-o", options, root.toString())
                .succeeded();
        return new DebianRoot(upper + ":" + below, root);
    }

    private static void makeBase() {
        if (Files.isDirectory(BASE)) {
            return;
        }
        Path making = BASE.resolveSibling(
                BASE.getFileName() + "." + ProcessHandle.current().pid());
        Command.run("debootstrap", "--variant=minbase", "--include=" + PACKAGES, RELEASE, making.toString())
                .succeeded();
        try {
            Files.move(making, BASE, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Path make(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Gives programs in it what they expect to find: a JVM looks into {@code /proc}. */
    DebianRoot withProcesses() {
        Command.run("mount", "-t", "proc", "proc", path("/proc").toString()).succeeded();
        hasProcesses = true;
        return this;
    }

    Path root() {
        return root;
    }

    /** A file or folder in it, by its absolute path there. */
    Path path(String absolute) {
        return root.resolve(absolute.substring(1));
    }

    /** Puts the built package into it; the path that it has there. */
    String bring(Path file) {
        try {
            String there = "/root/" + file.getFileName();
            Files.copy(file, path(there), StandardCopyOption.REPLACE_EXISTING);
            return there;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The command line that runs a program in it. */
    List<String> command(String... program) {
        List<String> command = new ArrayList<>(List.of("chroot", root.toString()));
        command.addAll(List.of(program));
        return command;
    }

    Command run(String... program) {
        return Command.run(command(program));
    }

    @Override
    public void close() {
        if (hasProcesses) {
            Command.run("umount", path("/proc").toString()).succeeded();
        }
        Command.run("umount", root.toString()).succeeded();
    }
}
