package dev.persistence.packages;

import dev.persistence.settings.Setting;
import dev.persistence.settings.SettingTable;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the files around the service must agree with, as the code has it. */
final class ServiceFacts {

    /** How long the orderly stop may take, in seconds. */
    static final int SHUTDOWN_SECONDS = Integer.parseInt(SettingTable.SHUTDOWN_TIMEOUT.defaultValue());

    static final int PORT = Integer.parseInt(SettingTable.PORT.defaultValue());
    static final long CONNECTIONS = Long.parseLong(SettingTable.MAX_CONNECTIONS.defaultValue());

    private static final Set<String> SETTINGS =
            SettingTable.ALL.stream().map(Setting::environment).collect(Collectors.toSet());
    private static final Pattern OTHERS =
            Pattern.compile("JAVA_HOME|JAVA_OPTS|PERSISTENCE_LOG_DIR|PERSISTENCE_LOG_FORMAT|OTEL_[A-Z_]+");

    private ServiceFacts() {}

    /** Those of these variables of an environment that neither the service nor its start script reads. */
    static List<String> unknown(Collection<?> variables) {
        return variables.stream()
                .map(Object::toString)
                .filter(name ->
                        !SETTINGS.contains(name) && !OTHERS.matcher(name).matches())
                .toList();
    }
}
