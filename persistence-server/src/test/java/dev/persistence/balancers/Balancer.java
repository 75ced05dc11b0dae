package dev.persistence.balancers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.persistence.InstalledProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A balancer of Debian's package of the same name, with the configuration that is delivered for it. */
enum Balancer {
    NGINX(Path.of("../conf/nginx/persistence-server.conf"), "listen 8001") {

        /** The delivered file is a part of nginx' configuration; this is the least of the rest. */
        @Override
        Path write(Path folder, String delivered) throws IOException {
            Path part = Files.writeString(folder.resolve("persistence-server.conf"), delivered);
            String whole = """
                    daemon off;
                    user root;
                    worker_processes 2;
                    pid FOLDER/pid;
                    error_log stderr;
                    events { worker_connections 768; }
                    http {
                        access_log off;
                        client_body_temp_path FOLDER/body;
                        proxy_temp_path FOLDER/proxy;
                        fastcgi_temp_path FOLDER/fastcgi;
                        uwsgi_temp_path FOLDER/uwsgi;
                        scgi_temp_path FOLDER/scgi;
                        include PART;
                    }
                    """;
            return Files.writeString(
                    folder.resolve("nginx.conf"),
                    whole.replace("FOLDER", folder.toString()).replace("PART", part.toString()));
        }

        @Override
        List<String> run(Path configuration) {
            return List.of("nginx", "-e", "stderr", "-c", configuration.toString());
        }

        @Override
        List<String> check(Path configuration) {
            return List.of("nginx", "-t", "-e", "stderr", "-c", configuration.toString());
        }
    },

    HAPROXY(Path.of("../conf/haproxy/haproxy.cfg"), "bind :8001") {

        /** What is about the machine is left out: its user, its folders, its log. */
        @Override
        Path write(Path folder, String delivered) throws IOException {
            return Files.writeString(
                    folder.resolve("haproxy.cfg"),
                    delivered.replaceAll("(?m)^ *(chroot|user|group|log|stats socket) .*$", ""));
        }

        @Override
        List<String> run(Path configuration) {
            return List.of("haproxy", "-db", "-f", configuration.toString());
        }

        @Override
        List<String> check(Path configuration) {
            return List.of("haproxy", "-c", "-f", configuration.toString());
        }
    };

    private static final List<Integer> INSTANCES = List.of(8011, 8012, 8013); // as delivered

    private final Path delivered;
    private final String listens;

    Balancer(Path delivered, String listens) {
        this.delivered = delivered;
        this.listens = listens;
    }

    /** Writes all of a configuration to a folder. */
    abstract Path write(Path folder, String delivered) throws IOException;

    /** The command that runs it in the foreground. */
    abstract List<String> run(Path configuration);

    /** The command that checks a configuration. */
    abstract List<String> check(Path configuration);

    /** Skips the test, with a reason, on a machine that does not have it. */
    void assumeInstalled() {
        String program = name().toLowerCase(Locale.ROOT);
        assumeTrue(
                InstalledProgram.find(program).isPresent(),
                () -> "there is no program " + program + " on the PATH; Debian's package " + program + " has it");
    }

    /** The file as it is delivered. */
    Path delivered() {
        return delivered.toAbsolutePath().normalize();
    }

    /** The delivered configuration, but for the ports. */
    Path configure(Path folder, int port, List<Integer> instances) throws IOException {
        String text =
                replaced(Files.readString(delivered), listens, listens.replaceFirst(":?8001", "127.0.0.1:" + port));
        for (int number = 0; number < INSTANCES.size(); number++) {
            text = replaced(text, "127.0.0.1:" + INSTANCES.get(number), "127.0.0.1:" + instances.get(number));
        }
        return write(folder, text);
    }

    private static String replaced(String text, String old, String replacement) {
        if (!text.contains(old)) {
            throw new AssertionError("the configuration does not say " + old);
        }
        return text.replace(old, replacement);
    }
}
