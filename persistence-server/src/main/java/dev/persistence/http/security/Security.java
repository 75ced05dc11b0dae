package dev.persistence.http.security;

import dev.persistence.http.security.FileWatch.Watched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tokens and TLS as they are in force. Opened before anything else of the service: what cannot be used ends the start. */
public final class Security implements AutoCloseable {

    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final String TOKENS_FILE = "service.tokens-file";

    private final AccessGuard guard;
    private final Optional<ServerTls> tls;
    private final FileWatch watch;

    private Security(AccessGuard guard, Optional<ServerTls> tls, FileWatch watch) {
        this.guard = guard;
        this.tls = tls;
        this.watch = watch;
    }

    /**
     * Reads all files, and watches them from then on.
     *
     * @throws IllegalArgumentException if one cannot be used; the message names setting, file and reason
     */
    public static Security open(SecuritySettings settings) {
        return open(settings, LOOK);
    }

    static Security open(SecuritySettings settings, Duration look) {
        List<Watched> watched = new ArrayList<>();
        AccessGuard guard = guard(settings, watched);
        Optional<ServerTls> tls = settings.tls().map(files -> tls(files, watched));
        return new Security(guard, tls, FileWatch.start(watched, look));
    }

    /**
     * Reads all files, and forgets them.
     *
     * @throws IllegalArgumentException if one cannot be used; the message names setting, file and reason
     */
    public static void check(SecuritySettings settings) {
        if (settings.tokensFile().isPresent()) {
            tokens(settings);
        }
        settings.tls().ifPresent(ServerTls::check);
    }

    private static AccessGuard guard(SecuritySettings settings, List<Watched> watched) {
        if (settings.tokensFile().isEmpty()) {
            return settings.tokens().isEmpty() ? AccessGuard.open() : AccessGuard.of(settings.tokens());
        }
        Watched file = new Watched(TOKENS_FILE, List.of(settings.tokensFile().get()));
        AccessGuard guard = AccessGuard.of(tokens(settings));
        file.onChange(() -> guard.replace(tokens(settings)));
        watched.add(file);
        return guard;
    }

    private static ServerTls tls(SecuritySettings.Tls settings, List<Watched> watched) {
        Watched files = new Watched("service.tls-certificate, service.tls-key", files(settings));
        ServerTls tls = new ServerTls(settings);
        files.onChange(tls::reload);
        watched.add(files);
        return tls;
    }

    /** Neither tokens nor TLS. */
    public static Security none() {
        return open(SecuritySettings.NONE);
    }

    private static List<Path> files(SecuritySettings.Tls tls) {
        List<Path> files = new ArrayList<>(List.of(tls.certificate(), tls.key()));
        tls.clientAuthority().ifPresent(files::add);
        return files;
    }

    /** Those of the setting and those of the file. */
    private static List<Token> tokens(SecuritySettings settings) {
        Path file = settings.tokensFile().orElseThrow();
        List<Token> tokens = new ArrayList<>(settings.tokens());
        try {
            tokens.addAll(TokenEntries.lines(Files.readAllLines(file)));
        } catch (IOException unreadable) {
            throw PemFiles.unreadable(TOKENS_FILE, file, unreadable);
        } catch (IllegalArgumentException unusable) {
            throw new IllegalArgumentException(TOKENS_FILE + ": " + file + ": " + unusable.getMessage(), unusable);
        }
        return tokens;
    }

    public AccessGuard guard() {
        return guard;
    }

    /** Empty where connections are not encrypted. */
    public Optional<ServerTls> tls() {
        return tls;
    }

    @Override
    public void close() {
        watch.close();
    }
}
