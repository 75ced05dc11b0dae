package dev.persistence.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the benchmarks: {@code bench --help}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description =
                "Measures Persistence Service: its stations, the whole of it, and what it is to be compared with.",
        subcommands = {Stations.class, Load.class, Replay.class, Reference.class, Serve.class, Start.class})
public final class Bench {

    private Bench() {}

    /** Ends the JVM with 0 if the command did what it was asked to, 1 if it failed, 2 if it was used wrongly. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }
}
