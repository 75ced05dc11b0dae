package dev.persistence;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import dev.persistence.batch.BufferSettings;
import dev.persistence.fallback.DeadLetters;
import dev.persistence.fallback.FallbackSettings;
import dev.persistence.fallback.OnDatabaseFailure;
import dev.persistence.http.HttpSettings;
import dev.persistence.http.endpoint.SettingInForce;
import dev.persistence.http.security.Security;
import dev.persistence.http.security.SecuritySettings;
import dev.persistence.http.security.Token;
import dev.persistence.http.security.TokenEntries;
import dev.persistence.logging.LogFormat;
import dev.persistence.mysql.DatabaseSettings;
import dev.persistence.mysql.DatabaseTls;
import dev.persistence.schema.DeclarationException;
import dev.persistence.schema.Declarations;
import dev.persistence.schema.RecordTypes;
import dev.persistence.settings.SettingTable;
import dev.persistence.settings.Settings;
import dev.persistence.settings.SettingsException;
import dev.persistence.tracing.export.TraceExport;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the configuration record out of the settled settings and the declarations of record types. */
final class ServerConfigReader {

    private static final String TYPES_FILE = "record-types.conf";

    /** The system property in which the start script names the service's folder. */
    private static final String HOME = "persistence.home";

    private final Settings settings;

    private ServerConfigReader(Settings settings) {
        this.settings = settings;
    }

    /** Reads what has nothing to do with the environment's variables of tracing. */
    static ServerConfig read(Settings settings, Optional<Path> folder) {
        return read(settings, folder, Map.of());
    }

    /**
     * @param folder holds {@code record-types.conf}; without the folder or the file, the built-in declarations hold
     * @param environment says whether and how the service is traced
     * @throws SettingsException if the password file, the declarations or the variables cannot be used
     */
    static ServerConfig read(Settings settings, Optional<Path> folder, Map<String, String> environment) {
        ServerConfigReader reader = new ServerConfigReader(settings);
        RecordTypes types = recordTypes(folder);
        try {
            LogFormat.check(environment);
            TraceExport.check(environment); // now and not at the start: a wrong variable is a wrong setting
            return new ServerConfig(
                    reader.http(),
                    reader.security(),
                    reader.database(),
                    reader.buffer(),
                    reader.fallback(),
                    settings.get(SettingTable.SHUTDOWN_TIMEOUT),
                    types,
                    reader.settingsInForce(),
                    environment);
        } catch (IllegalArgumentException impossible) {
            throw new SettingsException(impossible.getMessage()); // the stations' own rules name setting and value too
        }
    }

    private List<SettingInForce> settingsInForce() {
        return settings.shown().stream()
                .map(shown -> new SettingInForce(shown.name(), shown.value(), shown.source()))
                .toList();
    }

    private HttpSettings http() {
        return new HttpSettings(
                settings.get(SettingTable.HOST),
                settings.get(SettingTable.PORT),
                Math.toIntExact(settings.get(SettingTable.MAX_REQUEST_BYTES)),
                settings.get(SettingTable.MAX_RECORDS_PER_REQUEST),
                settings.get(SettingTable.REQUEST_TIMEOUT),
                settings.get(SettingTable.IDLE_TIMEOUT),
                settings.get(SettingTable.MAX_CONNECTIONS),
                settings.get(SettingTable.FLUSH_TIMEOUT),
                settings.get(SettingTable.NAIVE_TIME_ZONE));
    }

    private SecuritySettings security() {
        SecuritySettings security = new SecuritySettings(
                tokens(), settings.get(SettingTable.TOKENS_FILE).map(Path::of), tls());
        Security.check(security); // now and not when they are opened: a wrong file is a wrong setting
        return security;
    }

    private List<Token> tokens() {
        try {
            return TokenEntries.tokens(settings.get(SettingTable.TOKENS));
        } catch (IllegalArgumentException unusable) {
            throw settings.impossible(SettingTable.TOKENS, TokenEntries.FORM + "; " + unusable.getMessage());
        }
    }

    private Optional<SecuritySettings.Tls> tls() {
        Optional<Path> certificate = settings.get(SettingTable.TLS_CERTIFICATE).map(Path::of);
        Optional<Path> key = settings.get(SettingTable.TLS_KEY).map(Path::of);
        Optional<Path> clientAuthority =
                settings.get(SettingTable.TLS_CLIENT_CA).map(Path::of);
        if (certificate.isPresent() != key.isPresent() || (clientAuthority.isPresent() && key.isEmpty())) {
            throw settings.impossible(
                    certificate.isEmpty() ? SettingTable.TLS_CERTIFICATE : SettingTable.TLS_KEY,
                    "a readable file, since TLS needs both service.tls-certificate and service.tls-key");
        }
        return certificate.map(file -> new SecuritySettings.Tls(file, key.orElseThrow(), clientAuthority));
    }

    private DatabaseSettings database() {
        return new DatabaseSettings(
                settings.get(SettingTable.DATABASE_HOST),
                settings.get(SettingTable.DATABASE_PORT),
                settings.get(SettingTable.DATABASE_USER),
                settings.get(SettingTable.DATABASE_PASSWORD_FILE)
                        .map(this::passwordIn)
                        .orElse(settings.get(SettingTable.DATABASE_PASSWORD)),
                settings.get(SettingTable.DATABASE_NAME),
                settings.get(SettingTable.DATABASE_POOL_SIZE),
                settings.get(SettingTable.DATABASE_URL),
                settings.get(SettingTable.DATABASE_MIGRATE),
                new DatabaseTls(
                        DatabaseTls.Mode.valueOf(settings.get(SettingTable.DATABASE_SSL_MODE)),
                        settings.get(SettingTable.DATABASE_SSL_CA).map(Path::of)));
    }

    private BufferSettings buffer() {
        long heap = Runtime.getRuntime().maxMemory();
        if (settings.get(SettingTable.MAX_UNWRITTEN_BYTES) > heap) {
            throw settings.impossible(
                    SettingTable.MAX_UNWRITTEN_BYTES, "no more than the heap, " + (heap >> 20) + " MiB; see -Xmx");
        }
        return new BufferSettings(
                settings.get(SettingTable.MAX_BUFFER_SIZE),
                settings.get(SettingTable.FLUSH_INTERVAL),
                settings.get(SettingTable.RING_SIZE),
                settings.get(SettingTable.MAX_UNWRITTEN_BYTES));
    }

    private FallbackSettings fallback() {
        FallbackSettings fallback = new FallbackSettings(
                OnDatabaseFailure.of(settings.get(SettingTable.ON_DATABASE_FAILURE)),
                settings.get(SettingTable.HOLD_FOR),
                deadLetterDir(),
                settings.get(SettingTable.DEAD_LETTER_MAX_BYTES));
        if (fallback.onDatabaseFailure() == OnDatabaseFailure.DEAD_LETTER) {
            try {
                DeadLetters.tryOut(fallback.deadLetterDir());
            } catch (IOException unusable) {
                throw settings.impossible(
                        SettingTable.DEAD_LETTER_DIR,
                        "a folder that the service can write to; " + DeadLetters.words(unusable));
            }
        }
        return fallback;
    }

    /** In the service's own folder, which the start script names, or else in the working folder; as with the logs. */
    private Path deadLetterDir() {
        try {
            return Path.of(System.getProperty(HOME, "")).resolve(settings.get(SettingTable.DEAD_LETTER_DIR));
        } catch (InvalidPathException notAPath) {
            throw settings.impossible(SettingTable.DEAD_LETTER_DIR, "the path of a folder");
        }
    }

    private String passwordIn(String file) {
        try {
            return Files.readString(Path.of(file)).replaceFirst("\\r?\\n\\z", "");
        } catch (NoSuchFileException missing) {
            throw settings.impossible(SettingTable.DATABASE_PASSWORD_FILE, "a readable file; there is none");
        } catch (AccessDeniedException denied) {
            throw settings.impossible(
                    SettingTable.DATABASE_PASSWORD_FILE, "a readable file; the service's user may not read this one");
        } catch (IOException | IllegalArgumentException unreadable) {
            throw settings.impossible(
                    SettingTable.DATABASE_PASSWORD_FILE, "a readable file in UTF-8; " + unreadable.getMessage());
        }
    }

    private static RecordTypes recordTypes(Optional<Path> folder) {
        Optional<Path> file = folder.map(each -> each.resolve(TYPES_FILE)).filter(Files::exists);
        try {
            Config declarations = file.map(Path::toFile)
                    .map(ConfigFactory::parseFile)
                    .orElseGet(() -> ConfigFactory.parseResources(ServerConfigReader.class, "/" + TYPES_FILE))
                    .resolve();
            return Declarations.read(declarations);
        } catch (ConfigException | DeclarationException unusable) {
            throw new SettingsException("the record types cannot be used: " + unusable.getMessage());
        }
    }
}
