package dev.persistence.settings;

import java.util.List;

/** Settings that cannot be used. Each problem is one line for people: which setting, from where, what is allowed. */
public final class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public SettingsException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
    }

    public SettingsException(String problem) {
        this(List.of(problem));
    }
}
