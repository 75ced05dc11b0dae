package dev.persistence.bench;

import picocli.CommandLine.Option;

/** Where the commands make their databases. */
final class DatabaseOption {

    @Option(
            names = "--database",
            paramLabel = "URL",
            defaultValue = "${env:BENCH_DATABASE:-embedded}",
            description = "jdbc:mysql://host:port/?user=NAME of a user who may create databases, or embedded; otherwise"
                    + " the environment's BENCH_DATABASE. Default: embedded")
    private String url;

    /** A JDBC URL, or {@code embedded}. */
    String url() {
        return url;
    }
}
