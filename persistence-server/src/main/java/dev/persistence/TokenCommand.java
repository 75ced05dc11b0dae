package dev.persistence;

import dev.persistence.http.security.Token;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes a token: prints it, for its owner, and the entry by which the service knows it, for its settings. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Makes a new token. It is printed once and kept nowhere: give it to the client, and the entry to the service, as"
                    + " a line of service.tokens-file or one of service.tokens."
        })
final class TokenCommand implements Callable<Integer> {

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "client",
            description = "Tells people whose token it is. Default: ${DEFAULT-VALUE}.")
    private String name;

    @Option(
            names = "--rights",
            paramLabel = "RIGHTS",
            defaultValue = "write+flush+read",
            description = "What it allows, joined with +. Default: ${DEFAULT-VALUE}.")
    private String rights;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        String text = Token.random();
        try {
            String entry = Token.of(name, rights, text).entry();
            command.commandLine().getOut().println("token: " + text);
            command.commandLine().getOut().println("entry: " + entry);
            return 0;
        } catch (IllegalArgumentException impossible) {
            throw new ParameterException(command.commandLine(), impossible.getMessage(), impossible);
        }
    }
}
